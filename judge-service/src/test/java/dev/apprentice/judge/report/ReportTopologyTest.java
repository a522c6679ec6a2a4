package dev.apprentice.judge.report;

import static dev.apprentice.judge.Samples.judged;
import static dev.apprentice.judge.Samples.score;
import static dev.apprentice.judge.Samples.scored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.apprentice.contracts.event.Report;
import dev.apprentice.contracts.event.Score;
import dev.apprentice.contracts.event.ScoreBuilder;
import dev.apprentice.contracts.topic.EventDeserializer;
import dev.apprentice.contracts.topic.EventSerializer;
import dev.apprentice.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTopologyTest {

    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration KEEP = Duration.ofDays(30);

    @TempDir
    Path state;

    private TopologyTestDriver driver;
    private TestInputTopic<String, Score> scores;
    private TestInputTopic<String, byte[]> rawScores;
    private TestOutputTopic<String, Report> reports;
    private TestOutputTopic<String, String> deadLetters;

    @BeforeEach
    void start() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:0");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        driver = new TopologyTestDriver(ReportTopology.of(EVERY, KEEP, 0), properties);
        scores = driver.createInputTopic(Topics.SCORES.name(), new StringSerializer(), new EventSerializer<>());
        rawScores = driver.createInputTopic(Topics.SCORES.name(), new StringSerializer(), new ByteArraySerializer());
        reports = driver.createOutputTopic(Topics.REPORTS.name(), new StringDeserializer(), new EventDeserializer<>());
        deadLetters = driver.createOutputTopic(Topics.DEAD_LETTERS, new StringDeserializer(), new StringDeserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void aReportGrowsUntilItIsComplete() {
        pipe(score("r", 0, 0, 2, 1));
        assertThat(newReport().complete()).isFalse();

        pipe(score("r", 0, 1, 2, 0));
        Report whole = newReport();

        assertThat(whole.complete()).isTrue();
        assertThat(whole.metrics()).containsExactly(entry("token_f1", 0.5));
    }

    @Test
    void scoresDeliveredTwiceCountOnceAndPublishNothingNew() {
        pipe(score("r", 0, 0, 2, 1), score("r", 0, 1, 2, 0));
        newReport();

        pipe(score("r", 0, 1, 2, 0), score("r", 0, 0, 2, 1));

        assertThat(newReports()).isEmpty();
    }

    @Test
    void aCorrectedScoreReplacesTheFormer() {
        pipe(score("r", 0, 0, 2, 1), score("r", 0, 1, 2, 0));
        newReport();

        pipe(score("r", 0, 1, 2, 1));

        assertThat(newReport().metrics()).containsExactly(entry("token_f1", 1.0));
    }

    @Test
    void whatOneJudgeSaysIsReportedWhileAnotherIsAwaitedAndCountsAsGradedOnceItIsWhole() {
        Score soFar = ScoreBuilder.builder()
                .run("r")
                .step(0)
                .example("e0")
                .index(0)
                .of(1)
                .verdicts(List.of(scored("quick", 40)))
                .metrics(Map.of())
                .awaited(List.of("slow"))
                .build();
        pipe(soFar);
        Report early = newReport();
        assertThat(early.complete()).isFalse();
        assertThat(early.judges()).singleElement().satisfies(judge -> assertThat(judge.mean()).contains(40.0));
        assertThat(early.note()).contains("1 of 1 responses wait for judge 'slow'; its mean covers those that it has graded.");

        pipe(judged("r", 0, 0, 1, scored("quick", 40), scored("slow", 60)));
        Report whole = newReport();
        assertThat(whole.complete()).isTrue();
        assertThat(whole.judges()).hasSize(2);
        assertThat(whole.note()).isEmpty();

        pipe(soFar); // by an instance that has been replaced
        assertThat(newReports()).isEmpty();
    }

    @Test
    void anExamCompletesThoughAQuestionWillNeverBeAnsweredAndCountsItInNoFigure() {
        Score unanswered = Score.unanswered("r", 0, "e1", 1, 2, "model.safetensors is missing");
        pipe(score("r", 0, 0, 2, 1), unanswered);
        Report report = newReport();

        assertThat(report.complete()).isTrue();
        assertThat(report.graded()).isEqualTo(1);
        assertThat(report.unanswered()).contains(1);
        assertThat(report.metrics()).containsExactly(entry("token_f1", 1.0));
        assertThat(report.note().orElseThrow()).startsWith(
                "1 of 2 questions have no answer and count in no figure: model.safetensors is missing. They are in the dead letters");

        pipe(score("r", 0, 1, 2, 0)); // sent again
        Report mended = newReport();
        assertThat(mended.unanswered()).isEmpty();
        assertThat(mended.metrics()).containsExactly(entry("token_f1", 0.5));

        pipe(unanswered); // the question was delivered twice
        assertThat(newReports()).isEmpty();
    }

    @Test
    void scoresThatNoneHasFollowedForLongGoAndTheReportStaysUntilTheRunIsGradedAnew() {
        pipe(score("old", 0, 0, 1, 0.25));
        pipe(score("old", 5, 0, 1, 0.5));
        newReports();
        driver.advanceWallClockTime(KEEP.minusHours(2));
        assertThat(kept()).hasSize(2);
        pipe(score("young", 0, 0, 1, 0.75));

        driver.advanceWallClockTime(Duration.ofHours(4));

        assertThat(kept()).containsExactly("young/0/e0");
        newReports();
        pipe(ScoreBuilder.builder()
                .run("old")
                .step(0)
                .example("e0")
                .index(0)
                .of(1)
                .metrics(Map.of("token_f1", 1.0))
                .regraded(1)
                .build());
        assertThat(newReports()).extracting(Report::key).containsExactly("old/0");
        assertThat(driver.<String, Report>getKeyValueStore(ReportAggregation.REPORTS).get("old/5").metrics())
                .containsEntry("token_f1", 0.5);
    }

    private List<String> kept() {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, Score> all = driver.<String, Score>getKeyValueStore(ReportAggregation.SCORES).all()) {
            all.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }

    @Test
    void theOrderOfArrivalLeavesNoTrace() {
        List<Score> exam = new ArrayList<>();
        Random random = new Random(3);
        for (int index = 0; index < 20; index++) {
            exam.add(score("in-order", 5, index, 20, random.nextDouble()));
        }
        exam.forEach(this::pipe);
        Report inOrder = newReport();

        List<Score> shuffled = new ArrayList<>(exam);
        Collections.shuffle(shuffled, random);
        shuffled.forEach(score ->
                pipe(ScoreBuilder.builder()
                        .run("shuffled")
                        .step(5)
                        .example(score.example())
                        .index(score.index())
                        .of(20)
                        .metrics(score.metrics())
                        .build()));

        assertThat(newReport().metrics()).isEqualTo(inOrder.metrics());
    }

    @Test
    void differencesAreToStepZero() {
        pipe(judged("r", 0, 0, 1, scored("llama", 20)), judged("r", 7, 0, 1, scored("llama", 65)));

        List<Report> both = newReports();

        assertThat(both).extracting(Report::step).containsExactly(0, 7);
        assertThat(both.get(0).sinceBase()).isEmpty();
        assertThat(both.get(1).sinceBase()).containsEntry("judge:llama", 45.0);
    }

    @Test
    void differencesAppearWhenStepZeroComesLaterAndChangeWithIt() {
        pipe(judged("r", 7, 0, 1, scored("llama", 65)), judged("r", 9, 0, 1, scored("llama", 70)));
        assertThat(newReports()).allSatisfy(report -> assertThat(report.sinceBase()).isEmpty());

        pipe(judged("r", 0, 0, 1, scored("llama", 20)));
        assertThat(newReports())
                .extracting(report -> report.step() + ":" + report.sinceBase().get("judge:llama"))
                .containsExactly("0:null", "7:45.0", "9:50.0");

        pipe(judged("r", 0, 0, 1, scored("llama", 30)));
        assertThat(newReports())
                .extracting(report -> report.step() + ":" + report.sinceBase().get("judge:llama"))
                .containsExactly("0:null", "7:35.0", "9:40.0");
    }

    @Test
    void runsAndStepsWhoseNamesBeginAlikeAreKeptApart() {
        pipe(score("r", 1, 0, 1, 0.1), score("r", 10, 0, 1, 0.2), score("r1", 1, 0, 1, 0.3), score("r.1", 1, 0, 1, 0.4));

        assertThat(newReports())
                .extracting(report -> report.key() + " " + report.graded() + " " + report.metrics().get("token_f1"))
                .containsExactlyInAnyOrder("r/1 1 0.1", "r/10 1 0.2", "r1/1 1 0.3", "r.1/1 1 0.4");
    }

    @Test
    void aPoisonedScoreGoesToTheDeadLettersAndTheNextOneCounts() {
        rawScores.pipeInput("r/0/e0", bytes("{\"run\": \"r\"}"));
        rawScores.pipeInput("gone", null);
        pipe(score("r", 0, 0, 1, 1));

        TestRecord<String, String> letter = deadLetters.readRecord();
        assertThat(letter.key()).isEqualTo("r/0/e0");
        assertThat(letter.value()).isEqualTo("{\"run\": \"r\"}");
        assertThat(header(letter.headers(), "dead-letter-reason"))
                .contains("apprentice.scores")
                .contains("field 'step' is missing");
        assertThat(header(letter.headers(), "dead-letter-topic")).isEqualTo("apprentice.scores");
        assertThat(deadLetters.isEmpty()).isTrue();
        assertThat(newReport().complete()).isTrue();
    }

    @Test
    void aScoreOfAnUnknownTypeIsNotTakenForOneThatIsKnown() {
        Score later = score("r", 0, 0, 1, 1);
        byte[] json = new EventSerializer<Score>().serialize(Topics.SCORES.name(), later);
        rawScores.pipeInput(new TestRecord<>(
                later.key(), json, new RecordHeaders().add("ce_type", bytes("dev.apprentice.score.v9"))));

        assertThat(header(deadLetters.readRecord().headers(), "dead-letter-reason"))
                .contains("is of type 'dev.apprentice.score.v9', which this version does not know");
        assertThat(newReports()).isEmpty();
    }

    @Test
    void aPoisonedReportGoesToTheDeadLettersToo() {
        driver.createInputTopic(Topics.REPORTS.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput("r/0", bytes("nonsense"));

        assertThat(header(deadLetters.readRecord().headers(), "dead-letter-reason"))
                .contains("apprentice.reports")
                .contains("not JSON at line 1, column");
    }

    @Test
    void reportsCarryCloudEventsHeaders() {
        pipe(score("r", 0, 0, 1, 1));
        driver.advanceWallClockTime(EVERY);

        assertThat(header(reports.readRecord().headers(), "ce_type")).isEqualTo("dev.apprentice.report.v1");
    }

    private void pipe(Score... some) {
        for (Score score : some) {
            scores.pipeInput(score.key(), score);
        }
    }

    private List<Report> newReports() {
        driver.advanceWallClockTime(EVERY);
        return reports.readValuesToList();
    }

    private Report newReport() {
        Map<String, Report> newest = new TreeMap<>();
        newReports().forEach(report -> newest.put(report.key(), report));
        assertThat(newest).hasSize(1);
        return newest.values().iterator().next();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String header(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
