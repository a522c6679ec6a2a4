package dev.apprentice.judge.judges.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.apprentice.chat.ChatServer;
import dev.apprentice.chat.ModelRefusesException;
import dev.apprentice.chat.ModelUnavailableException;
import dev.apprentice.chat.QuestionRefusedException;
import dev.apprentice.chat.Trouble;
import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Score.Verdict;
import dev.apprentice.contracts.run.JudgeName;
import dev.apprentice.contracts.run.Scale;
import dev.apprentice.judge.JudgeSettings;
import dev.apprentice.judge.Samples;
import dev.apprentice.judge.Settings;
import dev.apprentice.judge.Waiting;
import dev.apprentice.judge.judges.rubric.Rubrics;
import dev.apprentice.judge.metrics.ReferenceMetrics;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path home;

    @Test
    void theJudgesThatARunNamesWinOverTheConfiguredOnes() {
        Judges judges = judges(Map.of("apprentice.judge.model", "configured"), conversation -> "50");

        assertThat(names(judges, Optional.of("named, llama3:8b@five-point,named"))).containsExactly(
                "named", "llama3:8b@five-point");
        assertThat(names(judges, Optional.empty())).containsExactly("configured");
        assertThat(names(judges, Optional.of(" "))).containsExactly("configured");
        assertThat(names(judges(Map.of(), conversation -> "50"), Optional.empty())).isEmpty();
    }

    @Test
    void severalJudgesGradeTheSameResponseEachByItsRubric() {
        Judges judges = judges(Map.of(), conversation -> question(conversation).contains("scale from 0 to 100")
                ? "80"
                : "{\"reason\": \"Good.\", \"score\": 4}");

        List<Verdict> verdicts = grade(judges, "a,a@five-point,metric:chrf", "cold", "cold");

        assertThat(verdicts).extracting(Verdict::judge).containsExactly("a", "a@five-point", "metric:chrf");
        assertThat(verdicts.get(0).score()).contains(80.0);
        assertThat(verdicts.get(0).model()).contains("a");
        assertThat(verdicts.get(0).digest()).contains("sha256:a");
        assertThat(verdicts.get(0).rubric()).contains("textbook");
        assertThat(verdicts.get(0).promptTokens()).contains(10);
        assertThat(verdicts.get(0).answerTokens()).contains(2);
        assertThat(verdicts.get(1).score()).contains(4.0);
        assertThat(verdicts.get(1).reason()).contains("Good.");
        assertThat(verdicts.get(1).scale()).contains(new Scale(1, 5));
        assertThat(verdicts.get(1).rubricVersion()).isNotEqualTo(verdicts.get(0).rubricVersion());
        assertThat(verdicts.get(2).score().orElseThrow()).isCloseTo(100, within(1e-9));
    }

    @Test
    void aJudgeThatCannotBeSaysSoInPlaceOfAScore() {
        Judges judges = judges(Map.of(), conversation -> "50");

        assertThat(grade(judges, "a@kind,metric:beauty,a@preference,../a", "x", "y")).allSatisfy(verdict ->
                assertThat(verdict.refused()).contains(true));
        assertThat(grade(judges, "a@kind,metric:beauty,a@preference,a", "x", "y"))
                .extracting(verdict -> verdict.unreadable().orElse("scored"))
                .satisfiesExactly(
                        unknown -> assertThat(unknown).startsWith("judge 'a@kind' cannot grade: there is no rubric 'kind'"),
                        metric -> assertThat(metric).contains("there is no metric 'beauty'; there are exact_match, "),
                        pair -> assertThat(pair).contains("rubric 'preference' compares two answers"),
                        fine -> assertThat(fine).isEqualTo("scored"));
    }

    @Test
    void anEmptyResponseGetsTheScalesWorstScoreAndNobodyIsAsked() {
        Judges judges = judges(Map.of(), conversation -> {
            throw new AssertionError("asked");
        });

        assertThat(grade(judges, "a,a@five-point", "x", " "))
                .extracting(verdict -> verdict.score().orElseThrow())
                .containsExactly(0.0, 1.0);
    }

    @Test
    void anAnswerInAnotherFormIsAskedForOnceMoreAndThenKeptAsItCame() {
        AtomicInteger asked = new AtomicInteger();
        Judges judges = judges(Map.of(), conversation -> {
            asked.incrementAndGet();
            if (conversation.size() == 1) {
                return "I like it.";
            }
            assertThat(((UserMessage) conversation.get(2)).singleText()).isEqualTo("Your answer is not in the form that was"
                    + " asked for. Respond with the integer number only, from 0 to 100.");
            return question(conversation).contains("`mended`") ? "70" : "Really.";
        });

        assertThat(grade(judges, "a", "x", "mended").get(0).score()).contains(70.0);
        assertThat(asked).hasValue(2);
        assertThat(grade(judges, "a", "x", "hopeless").get(0).unreadable()).contains("I like it.");
        assertThat(asked).hasValue(4);
    }

    @Test
    void aModelIsKeptAtWorkWithAsManyQuestionsAsItMayGetAndNoMore() {
        int parallel = 4;
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CyclicBarrier allSeatsTaken = new CyclicBarrier(parallel); // breaks unless this many questions are always asked at a time
        Judges judges = judges(Map.of("apprentice.judge.parallel", "" + parallel), conversation -> {
            most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
            try {
                allSeatsTaken.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new AssertionError("a seat stayed empty", e);
            }
            atWork.decrementAndGet();
            return "50";
        });

        List<Verdict> verdicts = Uni.join()
                .all(IntStream.range(0, 10 * parallel)
                        .mapToObj(index -> judges.of(response("busy", "x", "y" + index)).get(0).grade(
                                response("busy", "x", "y" + index), false))
                        .toList())
                .andFailFast()
                .await().atMost(PATIENCE);

        assertThat(verdicts).hasSize(10 * parallel);
        assertThat(most).hasValue(parallel);
    }

    @Test
    void aRateLimitSpacesQuestionsOut() {
        List<Long> askedAt = new CopyOnWriteArrayList<>();
        Judges judges = judges(Map.of("apprentice.judge.rate-per-minute", "600"), conversation -> {
            askedAt.add(System.nanoTime());
            return "50";
        });

        Uni.join()
                .all(IntStream.range(0, 4)
                        .mapToObj(index -> response("slow", "x", "y" + index))
                        .map(response -> judges.of(response).get(0).grade(response, false))
                        .toList())
                .andFailFast()
                .await().atMost(PATIENCE);

        long between = Collections.max(askedAt) - Collections.min(askedAt);
        assertThat(Duration.ofNanos(between)).as("four questions at ten a second")
                .isGreaterThan(Duration.ofMillis(200));
    }

    @Test
    void aConfiguredJudgeOrRubricThatCannotBeStopsTheStart() {
        assertThatThrownBy(() -> judges(Map.of("apprentice.judge.rubric", "kind"), conversation -> "")
                        .check(new StartupEvent()))
                .hasMessageStartingWith("apprentice.judge.rubric: there is no rubric 'kind'; the rubrics are correctness, ");
        assertThatThrownBy(() -> judges(Map.of("apprentice.judge.model", "llama3,metric:beauty"), conversation -> "")
                        .check(new StartupEvent()))
                .hasMessageStartingWith("apprentice.judge.model: judge 'metric:beauty' cannot grade: there is no metric");
    }

    @Test
    void stoppingEndsTheWaitForAJudgeWithoutAVerdict() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(2);
        Map<String, String> longWait =
                Map.of("apprentice.judge.retry.delay", "10m", "apprentice.judge.retry.max-delay", "20m");
        Judges judges = judges(longWait, conversation -> {
            asked.countDown();
            throw new ModelUnavailableException("away", null);
        });
        var verdicts = IntStream.range(0, 2)
                .mapToObj(index -> judges.of(response("away", "x", "y" + index)).get(0)
                        .grade(response("away", "x", "y" + index), false).subscribeAsCompletionStage())
                .toList();
        assertThat(asked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        judges.stop(new ShutdownEvent());

        verdicts.forEach(verdict -> assertThat(verdict)
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .isInstanceOf(CancellationException.class));
        assertThatThrownBy(() -> grade(judges, "away", "x", "z")).isInstanceOf(CancellationException.class);
    }

    @Test
    void whatKeepsTheJudgesFromAnsweringIsToldUntilTheyDo() {
        Semaphore answers = new Semaphore(0);
        CountDownLatch repeated = new CountDownLatch(2);
        Judges judges = judges(Map.of("apprentice.judge.retry.delay", "1ms"), conversation -> {
            repeated.countDown();
            if (!answers.tryAcquire()) {
                throw new ModelUnavailableException("judge 'hungry' is out for lunch", null);
            }
            return "50";
        });
        Response response = response("hungry", "x", "y");
        var verdict = judges.of(response).get(0).grade(response, false).subscribeAsCompletionStage();
        Waiting.await().until(() -> repeated.getCount() == 0);

        assertThat(judges.all()).singleElement().satisfies(judge -> {
            assertThat(judge.trouble().orElseThrow().kind()).isEqualTo(Trouble.Kind.AWAY);
            assertThat(judge.trouble().orElseThrow().reason()).isEqualTo("judge 'hungry' is out for lunch");
            assertThat(judge.address()).contains("http://scripted");
        });
        answers.release();

        assertThat(verdict).succeedsWithin(PATIENCE);
        assertThat(judges.all()).allSatisfy(judge -> assertThat(judge.trouble()).isEmpty());
    }

    @Test
    void aModelThatIsAwayKeepsAFewQuestionsAndSendsTheOthersAway() {
        int parallel = 8;
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger mostOnceOpen = new AtomicInteger();
        AtomicInteger asked = new AtomicInteger();
        Semaphore back = new Semaphore(0);
        Judges judges = judges(
                Map.of("apprentice.judge.parallel", "" + parallel, "apprentice.judge.retry.breaker-after", "8",
                        "apprentice.judge.retry.delay", "1ms", "apprentice.judge.retry.max-delay", "20ms"),
                conversation -> {
                    if (asked.incrementAndGet() > 2 * parallel) { // questions in progress when the breaker opened are finished by then
                        mostOnceOpen.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                        Thread.onSpinWait();
                        atWork.decrementAndGet();
                    }
                    if (back.availablePermits() == 0) {
                        throw new ModelUnavailableException("away", null);
                    }
                    return "50";
                });
        var verdicts = IntStream.range(0, 10 * parallel)
                .mapToObj(index -> judges.of(response("away", "x", "y" + index)).get(0)
                        .grade(response("away", "x", "y" + index), false).subscribeAsCompletionStage())
                .toList();
        Waiting.await().until(() -> asked.get() > 3 * parallel);
        assertThat(mostOnceOpen).hasValue(1);
        assertThat(judges.all().get(0).hasRoom()).isFalse();

        back.release();

        Waiting.await().untilAsserted(() -> assertThat(verdicts).allMatch(CompletableFuture::isDone));
        assertThat(verdicts).filteredOn(verdict -> !verdict.isCompletedExceptionally())
                .as("two for each place were on their way").hasSizeBetween(parallel, 2 * parallel);
        assertThat(verdicts).filteredOn(CompletableFuture::isCompletedExceptionally)
                .allSatisfy(verdict -> assertThat(verdict).failsWithin(PATIENCE).withThrowableThat()
                        .withCauseInstanceOf(NoRoomException.class));
        assertThat(judges.all().get(0).hasRoom()).isTrue();
    }

    @Test
    void aModelThatRefusesIsAskedSomeTimesAndThenItsWordHoldsUntilItAnswers() {
        AtomicInteger asked = new AtomicInteger();
        AtomicReference<String> answer = new AtomicReference<>();
        Judges judges = judges(Map.of("apprentice.judge.retry.refusals", "3"), conversation -> {
            asked.incrementAndGet();
            if (answer.get() == null) {
                throw new ModelRefusesException("judge 'a' at http://x gives no answer: model 'a' not found", null);
            }
            return answer.get();
        });

        Verdict first = grade(judges, "a", "x", "y").get(0);
        assertThat(first.refused()).contains(true);
        assertThat(first.unreadable()).contains("judge 'a' at http://x gives no answer: model 'a' not found");
        assertThat(asked).hasValue(3);
        grade(judges, "a", "x", "z");
        assertThat(asked).as("once, since it has refused").hasValue(4);
        assertThat(judges.all().get(0).trouble().orElseThrow().kind()).isEqualTo(Trouble.Kind.REFUSED);

        answer.set("50");

        assertThat(grade(judges, "a", "x", "y").get(0).score()).contains(50.0);
        assertThat(judges.all().get(0).trouble()).isEmpty();
    }

    @Test
    void anAnswerThatWasCutOffIsNoVerdictThoughItLooksLikeOne() {
        AtomicInteger asked = new AtomicInteger();
        Judges judges = judges(Map.of(), AnswerCache.NONE, name -> new Scripted(name.model(), conversation -> "8") {

            @Override
            public Reply chat(List<ChatMessage> conversation, Optional<JsonSchema> schema) {
                asked.incrementAndGet();
                return new Reply("8", Optional.empty(), Optional.empty(), Optional.empty(), false, true);
            }
        });

        Verdict verdict = grade(judges, "a", "x", "y").get(0);

        assertThat(verdict.score()).isEmpty();
        assertThat(verdict.unreadable().orElseThrow()).startsWith("(truncated at its token limit").endsWith(" 8");
        assertThat(asked).as("asked again it would be cut off again").hasValue(1);
    }

    @Test
    void whatCouldNotBeReadIsAskedAgainAndWhatCouldIsAskedAnewOnRequest() {
        Map<String, String> settings = Map.of("apprentice.judge.home", home.toString());
        AtomicReference<String> answer = new AtomicReference<>("I like it.");
        StoredAnswers cache = new StoredAnswers(Settings.of(JudgeSettings.class, settings));
        Judges judges = judges(settings, conversation -> answer.get(), cache);

        assertThat(grade(judges, "a", "x", "y").get(0).unreadable()).contains("I like it.");
        answer.set("50");
        assertThat(grade(judges, "a", "x", "y").get(0).score()).as("the server was mended").contains(50.0);
        answer.set("60");
        assertThat(grade(judges, "a", "x", "y").get(0).score()).as("remembered").contains(50.0);
        Response response = response("a", "x", "y");
        assertThat(judges.of(response).get(0).grade(response, true).await().atMost(PATIENCE).score()).contains(60.0);
        cache.close();
    }

    @Test
    void whatWasAnsweredOnceCostsNothingEvenAfterARestart() {
        AtomicInteger asked = new AtomicInteger();
        Function<List<ChatMessage>, String> model = conversation -> "" + asked.incrementAndGet();
        Map<String, String> settings = Map.of("apprentice.judge.home", home.toString());

        StoredAnswers first = new StoredAnswers(Settings.of(JudgeSettings.class, settings));
        Judges before = judges(settings, model, first);
        List<Verdict> given = grade(before, "a", "x", "y");
        assertThat(grade(before, "a", "x", "y")).isEqualTo(given);
        first.close();
        StoredAnswers second = new StoredAnswers(Settings.of(JudgeSettings.class, settings));
        Judges after = judges(settings, model, second);

        assertThat(grade(after, "a", "x", "y")).isEqualTo(given);
        assertThat(asked).hasValue(1);
        assertThat(grade(after, "a", "x", "z").get(0).score()).as("another text").contains(2.0);
        assertThat(grade(after, "b", "x", "y").get(0).score()).as("another judge").contains(3.0);
        assertThat(grade(after, "a@correctness", "x", "y").get(0).score()).as("another rubric").isEmpty();
        assertThat(asked).hasValue(5);
        second.close();
    }

    @Test
    void ofNamesThatNobodyUsesAFewAreKept() {
        Semaphore answers = new Semaphore(0);
        Judges judges = judges(Map.of("apprentice.judge.model", "configured"), conversation -> {
            answers.acquireUninterruptibly();
            return "50";
        });
        Response busy = response("busy", "x", "y");
        var verdict = judges.of(busy).get(0).grade(busy, false).subscribeAsCompletionStage();
        Judge asked = judges.named("busy").get(0);

        for (int name = 0; name < 3 * Judges.KEPT; name++) {
            judges.named("name-" + name);
        }

        assertThat(judges.all()).hasSize(Judges.KEPT);
        assertThat(judges.all()).extracting(Judge::name).contains("busy", "configured", "name-" + (3 * Judges.KEPT - 1))
                .doesNotContain("name-0");
        assertThat(judges.named("busy").get(0)).isSameAs(asked);
        answers.release();
        assertThat(verdict).succeedsWithin(PATIENCE);
    }

    /** A name may be checked, asked or compared with; none of these may leave a queue or a metric behind for good. */
    @Test
    void namesThatAreUsedOnceLeaveNoQueuesAndMetricsBehind() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Judges judges = judges(Map.of(), AnswerCache.NONE, name -> new Scripted(name.model(), asked -> "50"), registry);

        for (int name = 0; name < 2 * JudgeMetrics.KEPT; name++) {
            assertThat(judges.problem(JudgeName.of("checked-" + name))).isEmpty();
            judges.comparing("compared-" + name).model();
            grade(judges, "asked-" + name, "x", "y");
        }

        assertThat(registry.get("apprentice.judge.away").gauges()).hasSize(JudgeSeats.KEPT);
        assertThat(registry.get("apprentice.judge.answer").timers()).hasSize(JudgeSeats.KEPT);
        assertThat(registry.get("apprentice.judge.retries").counters()).hasSize(JudgeSeats.KEPT);
        assertThat(registry.get("apprentice.judge.remembered").counters()).hasSize(JudgeSeats.KEPT);
        assertThat(registry.get("apprentice.judge.verdicts").counters()).hasSize(4 * JudgeMetrics.KEPT);
        assertThat(registry.get("apprentice.judge.verdicts").tag("judge", "asked-" + (2 * JudgeMetrics.KEPT - 1)).counters()).hasSize(4);
    }

    /** Otherwise one server would be asked twice as many questions at a time as it may be. */
    @Test
    void aJudgeThatWasEvictedSharesTheQueueOfItsModel() {
        Semaphore answers = new Semaphore(3 * Judges.KEPT);
        Judges judges = judges(Map.of(), conversation -> {
            answers.acquireUninterruptibly();
            return "50";
        });
        Judge evicted = judges.named("model").get(0);
        evicted.grade(response("model", "x", "y"), false).await().atMost(PATIENCE);
        for (int name = 1; name < 3 * Judges.KEPT; name++) {
            grade(judges, "name-" + name, "x", "y");
        }
        Judge known = judges.named("model").get(0);

        var verdict = known.grade(response("model", "x", "y"), false).subscribeAsCompletionStage();

        assertThat(known).isNotSameAs(evicted);
        assertThat(evicted.isBusy()).isTrue();
        answers.release();
        assertThat(verdict).succeedsWithin(PATIENCE);
    }

    @Test
    void aRefusalIsToldAndNotRemembered() {
        Map<String, String> settings = Map.of("apprentice.judge.home", home.toString());
        AtomicInteger asked = new AtomicInteger();
        StoredAnswers cache = new StoredAnswers(Settings.of(JudgeSettings.class, settings));
        Judges judges = judges(settings, conversation -> {
            if (asked.incrementAndGet() == 1) {
                throw new QuestionRefusedException("too long", null);
            }
            return "50";
        }, cache);

        assertThat(grade(judges, "a", "x", "y").get(0).unreadable()).contains("too long");
        assertThat(grade(judges, "a", "x", "y").get(0).score()).contains(50.0);
        cache.close();
    }

    @Test
    void onlyARubricThatComparesComparesTwoAnswers() {
        Judges judges = judges(Map.of(), conversation -> "{\"reason\": \"Shorter.\", \"better\": \"B\"}");

        JudgeAnswer answer = judges.comparing("a").compare(response("a", "x", "y"), response("a", "x", "z")).await().atMost(PATIENCE);
        assertThat(answer.reading().orElseThrow().score()).isZero();
        assertThatThrownBy(() -> judges.comparing("a@textbook")).hasMessageStartingWith("rubric 'textbook' grades one answer");
        assertThatThrownBy(() -> judges.comparing("metric:bleu")).hasMessageStartingWith("judge 'metric:bleu' is a metric");
    }

    private static String question(List<ChatMessage> conversation) {
        return ((UserMessage) conversation.get(0)).singleText();
    }

    private static List<String> names(Judges judges, Optional<String> named) {
        return judges.of(Samples.response("r", 0, 0, 1, "x", "y", named)).stream().map(Judge::name).toList();
    }

    private static List<Verdict> grade(Judges judges, String named, String output, String given) {
        Response response = response(named, output, given);
        return Uni.join().all(judges.of(response).stream().map(judge -> judge.grade(response, false)).toList())
                .andFailFast().await().atMost(PATIENCE);
    }

    private static Response response(String judge, String output, String given) {
        return Samples.response("r", 0, 0, 1, output, given, Optional.of(judge));
    }

    private static Judges judges(Map<String, String> settings, Function<List<ChatMessage>, String> model) {
        return judges(settings, model, AnswerCache.NONE);
    }

    private static Judges judges(
            Map<String, String> settings, Function<List<ChatMessage>, String> model, AnswerCache cache) {
        return judges(settings, cache, name -> new Scripted(name.model(), model));
    }

    private static Judges judges(Map<String, String> settings, AnswerCache cache, ChatServers servers) {
        return judges(settings, cache, servers, new SimpleMeterRegistry());
    }

    private static Judges judges(
            Map<String, String> settings, AnswerCache cache, ChatServers servers, SimpleMeterRegistry registry) {
        Map<String, String> quick = new HashMap<>(
                Map.of("apprentice.judge.retry.delay", "5ms", "apprentice.judge.retry.max-delay", "50ms"));
        quick.putAll(settings);
        JudgeSettings all = Settings.of(JudgeSettings.class, quick);
        return new Judges(
                all, servers, new Rubrics(all), new ReferenceMetrics(), cache,
                new JudgeMetrics(registry));
    }

    private static class Scripted implements ChatServer {

        private final String model;
        private final Function<List<ChatMessage>, String> answers;

        Scripted(String model, Function<List<ChatMessage>, String> answers) {
            this.model = model;
            this.answers = answers;
        }

        @Override
        public String model() {
            return model;
        }

        @Override
        public String address() {
            return "http://scripted";
        }

        @Override
        public String identity() {
            return "scripted " + model;
        }

        @Override
        public Optional<String> digest() {
            return Optional.of("sha256:" + model);
        }

        @Override
        public Reply chat(List<ChatMessage> conversation, Optional<JsonSchema> schema) {
            return new Reply(answers.apply(conversation), digest(), Optional.of(10), Optional.of(2), false, false);
        }
    }
}
