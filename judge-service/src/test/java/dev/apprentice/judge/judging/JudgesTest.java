package dev.apprentice.judge.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.contracts.Response;
import dev.apprentice.contracts.Score.Verdict;
import dev.apprentice.judge.JudgeSettings;
import dev.apprentice.judge.OllamaResource;
import dev.apprentice.judge.Samples;
import dev.apprentice.judge.Settings;
import dev.apprentice.testkit.BrokerResource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Needs a running Quarkus for the fault tolerance alone; broker and Ollama are those of the other tests. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
@WithTestResource(OllamaResource.class)
class JudgesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void theJudgeThatARunNamesWinsOverTheConfiguredOne() {
        Judges judges = judges(Map.of("apprentice.judge.model", "configured"), NamedJudge::new);

        assertThat(judgeOf(judges, Optional.of("named"))).contains("named");
        assertThat(judgeOf(judges, Optional.empty())).contains("configured");
        assertThat(judgeOf(judges, Optional.of(" "))).contains("configured");
    }

    @Test
    void nobodyGradesWhereNoJudgeIsNamedOrConfigured() {
        Judges judges = judges(Map.of(), NamedJudge::new);

        assertThat(judgeOf(judges, Optional.empty())).isEmpty();
    }

    @Test
    void aJudgeIsAskedSoManyQuestionsAtATimeAndNoMore() throws InterruptedException {
        CountDownLatch threeAtWork = new CountDownLatch(3);
        Semaphore leave = new Semaphore(0);
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Judges judges = judges(Map.of("apprentice.judge.parallel", "3"), model -> new NamedJudge(model) {
            @Override
            public Verdict grade(Response response) {
                most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                threeAtWork.countDown();
                leave.acquireUninterruptibly();
                atWork.decrementAndGet();
                return super.grade(response);
            }
        });

        var verdicts = Uni.join()
                .all(IntStream.range(0, 12)
                        .mapToObj(index -> response(index, Optional.of("busy")))
                        .map(response -> judges.of(response).orElseThrow().grade(response))
                        .toList())
                .andFailFast()
                .subscribeAsCompletionStage();
        assertThat(threeAtWork.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        leave.release(12);

        assertThat(verdicts.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join()).hasSize(12);
        assertThat(most).hasValue(3);
    }

    @Test
    void stoppingEndsTheWaitForAJudgeWithoutAVerdict() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(2);
        Map<String, String> longWait =
                Map.of("apprentice.judge.retry.delay", "10m", "apprentice.judge.retry.max-delay", "20m");
        Judges judges = judges(longWait, model -> new NamedJudge(model) {
            @Override
            public Verdict grade(Response response) {
                asked.countDown();
                throw new JudgeUnavailableException("away", null);
            }
        });
        var verdicts = IntStream.range(0, 2)
                .mapToObj(index -> response(index, Optional.of("away")))
                .map(response -> judges.of(response).orElseThrow().grade(response).subscribeAsCompletionStage())
                .toList();
        assertThat(asked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        judges.stop(new ShutdownEvent());

        verdicts.forEach(verdict -> assertThat(verdict)
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .isInstanceOf(CancellationException.class));
        assertThatThrownBy(() -> judgeOf(judges, Optional.of("away"))).isInstanceOf(CancellationException.class);
    }

    @Test
    void whatKeepsTheJudgesFromAnsweringIsToldUntilTheyDo() {
        Semaphore answers = new Semaphore(0);
        CountDownLatch repeated = new CountDownLatch(2);
        Judges judges = judges(Map.of("apprentice.judge.retry.delay", "1ms"), model -> new NamedJudge(model) {
            @Override
            public Verdict grade(Response response) {
                repeated.countDown();
                if (!answers.tryAcquire()) {
                    throw new JudgeUnavailableException("judge '" + model + "' is out for lunch", null);
                }
                return super.grade(response);
            }
        });
        Response response = response(0, Optional.of("hungry"));
        var verdict = judges.of(response).orElseThrow().grade(response).subscribeAsCompletionStage();
        Awaitility.await().until(() -> repeated.getCount() == 0);

        assertThat(judges.troubles()).containsExactly("judge 'hungry' is out for lunch");
        answers.release();

        assertThat(verdict).succeedsWithin(PATIENCE);
        assertThat(judges.troubles()).isEmpty();
    }

    private static Optional<String> judgeOf(Judges judges, Optional<String> named) {
        Response response = response(0, named);
        return judges.of(response).map(seat -> seat.grade(response).await().atMost(PATIENCE).judge());
    }

    private static Response response(int index, Optional<String> judge) {
        return Samples.response("r", 0, index, 100, "x", "y", judge);
    }

    private static Judges judges(Map<String, String> settings, JudgeFactory factory) {
        return new Judges(Settings.of(JudgeSettings.class, settings), factory, new JudgeMeters(new SimpleMeterRegistry()));
    }

    private static class NamedJudge implements Judge {

        private final String name;

        NamedJudge(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Verdict grade(Response response) {
            return Samples.scored(name, 50);
        }
    }
}
