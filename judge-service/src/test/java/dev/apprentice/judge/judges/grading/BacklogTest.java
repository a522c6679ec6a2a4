package dev.apprentice.judge.judges.grading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.chat.ChatServer;
import dev.apprentice.chat.ModelRefusesException;
import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Score;
import dev.apprentice.contracts.event.Score.Verdict;
import dev.apprentice.contracts.event.ScoreBuilder;
import dev.apprentice.judge.JudgeSettings;
import dev.apprentice.judge.Samples;
import dev.apprentice.judge.Settings;
import dev.apprentice.judge.Waiting;
import dev.apprentice.judge.judges.judging.AnswerCache;
import dev.apprentice.judge.judges.judging.JudgeMetrics;
import dev.apprentice.judge.judges.judging.Judges;
import dev.apprentice.judge.judges.rubric.Rubrics;
import dev.apprentice.judge.metrics.ReferenceMetrics;
import dev.apprentice.judge.responses.AwaitedScore;
import dev.apprentice.judge.responses.ResponsePage;
import dev.apprentice.judge.responses.ResponseQuery;
import dev.apprentice.judge.responses.ScoredResponse;
import dev.apprentice.judge.responses.ScoredResponses;
import dev.apprentice.judge.run.Runs;
import dev.apprentice.service.threads.WatchedThreads;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** After a restart, the waiting responses on disk are all that is known and all that is needed. */
class BacklogTest {

    /** The number of questions of the exam. */
    private static final int OF = 12;

    private final AtomicInteger asked = new AtomicInteger();
    private final Kept kept = new Kept();
    private final LaterScores later = new LaterScores();
    private final List<Score> published = new CopyOnWriteArrayList<>();
    /** How often each question was asked. */
    private final Map<String, Integer> questions = new ConcurrentHashMap<>();
    private final Runs runs = new Runs() {

        @Override
        public boolean isCancelled(String run) {
            return cancelled;
        }

        @Override
        public boolean isAbandoned(String run) {
            return cancelled && !stream;
        }
    };
    private boolean mine = true;
    private boolean cancelled;
    private boolean stream;
    private volatile boolean refusing;
    /** The judge answers once this gate is open. */
    private CountDownLatch gate = new CountDownLatch(0);
    private Grader grader;
    private final Backlog backlog = backlog();

    @Test
    void whatWaitedBeforeARestartIsGradedAfterItByTheJudgesThatAreAwaited() {
        kept.wait(0, List.of(Samples.scored("quick", 40)), "slow");

        backlog.look();

        Waiting.await().until(() -> !published.isEmpty());
        assertThat(published).singleElement().satisfies(score -> {
            assertThat(score.whole()).isTrue();
            assertThat(score.verdicts()).extracting(Verdict::judge).containsExactly("quick", "slow");
            assertThat(score.verdicts().get(1).score()).contains(55.0);
        });
        backlog.look(); // the copy of the scores still lists it
        backlog.look();
        assertThat(asked).hasValue(1);
        assertThat(backlog.waiting()).isEmpty();
    }

    @Test
    void anotherInstancesResponsesAreLeftToItAndCounted() {
        mine = false;
        kept.wait(0, List.of(), "slow");
        kept.wait(1, List.of(), "slow");

        backlog.look();

        assertThat(backlog.waiting()).isEqualTo(Map.of("r", Map.of("slow", 2)));
        assertThat(asked).hasValue(0);
    }

    @Test
    void aCancelledRunsQuestionsAreNotAskedThoughItsJudgeIsWell() {
        cancelled = true;
        kept.wait(0, List.of(Samples.scored("quick", 40)), "slow");

        backlog.look();
        Score arrived = grader.grade(Samples.response("r", 0, 1, 2, "x", "late", Optional.of("slow"))).await().indefinitely();

        assertThat(published).singleElement().satisfies(score -> {
            assertThat(score.whole()).isTrue();
            assertThat(score.verdicts().get(0).score()).contains(40.0);
            assertThat(score.verdicts().get(1).unreadable()).contains("run 'r' was cancelled before its judge answered");
        });
        assertThat(arrived.verdicts()).singleElement().satisfies(verdict -> assertThat(verdict.refused()).contains(true));
        assertThat(arrived.metrics()).containsKey("token_f1");
        assertThat(asked).hasValue(0);
    }

    @Test
    void aQuestionUnderWayEndsWithItsRun() {
        gate = new CountDownLatch(1);
        List<Score> first = new CopyOnWriteArrayList<>();
        grader.grade(Samples.response("r", 0, 1, 2, "x", "y", Optional.of("slow"))).subscribe().with(first::add);
        Awaitility.await().until(() -> asked.get() == 1);

        cancelled = true;
        backlog.look();

        Awaitility.await().until(() -> !first.isEmpty());
        assertThat(first.get(0).verdicts()).singleElement().satisfies(verdict -> assertThat(verdict.refused()).contains(true));
    }

    @Test
    void aStreamEndsByItsCancellationAndItsLastExamIsGraded() {
        cancelled = true;
        stream = true;
        kept.wait(0, List.of(), "slow");

        backlog.look();

        Awaitility.await().until(() -> !published.isEmpty());
        assertThat(published.get(0).verdicts().get(0).score()).contains(55.0);
    }

    @Test
    void aJudgeThatRefusedBeforeARestartIsAskedTheUsualTriesAndItsResponsesAreDoneWith() {
        refusing = true;
        for (int index = 0; index < OF; index++) {
            kept.wait(index, List.of(), "slow");
        }

        Awaitility.await().until(() -> {
            backlog.look();
            return published.size() == OF;
        });

        assertThat(published).allSatisfy(score -> {
            assertThat(score.whole()).isTrue();
            assertThat(score.verdicts().get(0).unreadable()).contains("no such model");
        });
        assertThat(questions.values()).as("tries of each question").allSatisfy(tries -> assertThat(tries).isBetween(1, 3));
    }

    private Backlog backlog() {
        JudgeSettings settings = Settings.of(JudgeSettings.class, Map.of(
                "apprentice.judge.retry.refusals", "3", "apprentice.judge.retry.delay", "1ms",
                "apprentice.judge.retry.max-delay", "5ms"));
        Judges judges = new Judges(
                settings, name -> new FiftyFive(name.model()), new Rubrics(settings), new ReferenceMetrics(), AnswerCache.NONE,
                new JudgeMetrics(new SimpleMeterRegistry()));
        later.all().subscribe().with(published::add);
        grader = new Grader(new ReferenceMetrics(), judges, runs, later, settings);
        return new Backlog(
                grader, judges, kept, runs, later,
                new ResponseShare(null) {

                    @Override
                    void refresh() {}

                    @Override
                    boolean holds(String key) {
                        return mine;
                    }
                },
                new WatchedThreads());
    }

    /** A fake store of responses and scores. */
    private static final class Kept implements ScoredResponses {

        private final Map<String, ScoredResponse> all = new TreeMap<>();

        void wait(int index, List<Verdict> given, String judge) {
            Response response = Samples.response("r", 0, index, OF, "x", "y" + index);
            all.put(response.key(), new ScoredResponse(response, Optional.of(ScoreBuilder.builder()
                    .run("r")
                    .step(0)
                    .example("e" + index)
                    .index(index)
                    .of(OF)
                    .verdicts(given)
                    .metrics(Map.of("token_f1", 0.5))
                    .awaited(List.of(judge))
                    .build())));
        }

        @Override
        public ResponsePage page(String run, int step, ResponseQuery query) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<ScoredResponse> of(String run, int step) {
            return List.copyOf(all.values());
        }

        @Override
        public Optional<ScoredResponse> find(String run, int step, String example) {
            return Optional.ofNullable(all.get(run + "/" + step + "/" + example));
        }

        @Override
        public void forEachAwaited(BiConsumer<String, AwaitedScore> seen) {
            all.forEach((key, scored) -> seen.accept(key, new AwaitedScore(0, scored.score().orElseThrow().awaited())));
        }
    }

    /** A model that answers 55 to every question. */
    private final class FiftyFive implements ChatServer {

        private final String model;

        FiftyFive(String model) {
            this.model = model;
        }

        @Override
        public String model() {
            return model;
        }

        @Override
        public String address() {
            return "http://nowhere";
        }

        @Override
        public String identity() {
            return model;
        }

        @Override
        public Optional<String> digest() {
            return Optional.empty();
        }

        @Override
        public Reply chat(List<ChatMessage> conversation, Optional<JsonSchema> schema) {
            asked.incrementAndGet();
            questions.merge(conversation.toString(), 1, Integer::sum);
            if (refusing) {
                throw new ModelRefusesException("no such model", null);
            }
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new CancellationException("asked no more");
            }
            return new Reply("55", Optional.empty(), Optional.empty(), Optional.empty(), false, false);
        }
    }
}
