package dev.apprentice.judge.responses;

import static dev.apprentice.judge.Samples.judged;
import static dev.apprentice.judge.Samples.response;
import static dev.apprentice.judge.Samples.score;
import static dev.apprentice.judge.Samples.scored;
import static dev.apprentice.judge.Samples.unreadable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Event;
import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Score;
import dev.apprentice.contracts.event.ScoreBuilder;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.judge.responses.ResponseQuery.Direction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredResponsesTest {

    @TempDir
    Path state;

    private final AtomicReference<Map<TopicPartition, Long>> firstOffsets = new AtomicReference<>(Map.of());
    private TopologyTestDriver driver;
    private ScoredResponses responses;

    @BeforeEach
    void start() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:0");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        driver = new TopologyTestDriver(ResponseStores.topology(firstOffsets::get), properties);
        responses = new StoredResponses(driver::getKeyValueStore);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void aResponseIsThereBeforeItsScoreAndHasItAfterwards() {
        put(response("r", 5, 0, 1, "cold", "warm"));
        assertThat(responses.find("r", 5, "e0").orElseThrow().score()).isEmpty();

        put(score("r", 5, 0, 1, 0.25));

        ScoredResponse found = responses.find("r", 5, "e0").orElseThrow();
        assertThat(found.response().output()).isEqualTo("cold");
        assertThat(found.figure("token_f1")).contains(0.25);
        assertThat(responses.find("r", 5, "e1")).isEmpty();
    }

    @Test
    void whatJudgesHaveSaidSoFarGivesWayToTheWholeScoreAndNeverTakesItsPlace() {
        Score whole = judged("r", 5, 0, 1, scored("quick", 40), scored("slow", 60));
        Score soFar = ScoreBuilder.builder()
                .run("r")
                .step(5)
                .example("e0")
                .index(0)
                .of(1)
                .verdicts(List.of(scored("quick", 40)))
                .metrics(Map.of())
                .awaited(List.of("slow"))
                .build();
        put(response("r", 5, 0, 1, "cold", "warm"));
        put(soFar);
        assertThat(responses.find("r", 5, "e0").orElseThrow().score()).contains(soFar);

        put(whole);
        put(soFar);

        assertThat(responses.find("r", 5, "e0").orElseThrow().score()).contains(whole);
    }

    @Test
    void scoresThatWaitForJudgesAreKnownUntilTheyAreWhole() {
        Score soFar = ScoreBuilder.builder()
                .run("r")
                .step(5)
                .example("e0")
                .index(0)
                .of(1)
                .metrics(Map.of())
                .awaited(List.of("slow", "slower"))
                .build();
        Score anew = ScoreBuilder.builder()
                .run("r")
                .step(5)
                .example("e0")
                .index(0)
                .of(1)
                .metrics(Map.of())
                .awaited(List.of("other"))
                .regraded(1)
                .build();
        put(response("r", 5, 0, 1, "cold", "warm"));
        put(soFar);
        assertThat(awaited()).isEqualTo(Map.of("r/5/e0", new AwaitedScore(0, List.of("slow", "slower"))));

        put(judged("r", 5, 0, 1, scored("slow", 40), scored("slower", 60)));
        assertThat(awaited()).isEmpty();

        put(anew);
        put(soFar);
        assertThat(awaited()).isEqualTo(Map.of("r/5/e0", new AwaitedScore(1, List.of("other"))));
        assertThat(responses.of("r", 5)).singleElement()
                .satisfies(scored -> assertThat(scored.score()).contains(anew));

        put(ScoreBuilder.builder()
                .run("r")
                .step(5)
                .example("e0")
                .index(0)
                .of(1)
                .verdicts(List.of(scored("other", 1)))
                .metrics(Map.of())
                .regraded(1)
                .build());
        assertThat(awaited()).isEmpty();
    }

    private Map<String, AwaitedScore> awaited() {
        Map<String, AwaitedScore> seen = new HashMap<>();
        responses.forEachAwaited(seen::put);
        return seen;
    }

    @Test
    void aCheckpointsResponsesAreItsOwnAndInTheExamsOrder() {
        for (int index = 11; index >= 0; index--) {
            put(response("r", 1, index, 12, "x", "y"));
        }
        put(response("r", 10, 0, 1, "x", "y"));
        put(response("r1", 1, 0, 1, "x", "y"));

        assertThat(responses.of("r", 1)).extracting(scored -> scored.response().index())
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(responses.of("nobody", 1)).isEmpty();
    }

    @Test
    void pagesAreSortedByAFigureAndThoseWithoutItComeLast() {
        for (int index = 0; index < 5; index++) {
            put(response("r", 0, index, 5, "x", "y"));
        }
        put(judged("r", 0, 0, 5, scored("llama", 40)));
        put(judged("r", 0, 1, 5, unreadable("llama", "?")));
        put(judged("r", 0, 2, 5, scored("llama", 90)));
        put(judged("r", 0, 3, 5, scored("llama", 40)));

        assertThat(order(ResponseQuery.ALL.sortedBy("judge:llama", Direction.DESCENDING))).isEqualTo("e2 e0 e3 e1 e4");
        assertThat(order(ResponseQuery.ALL.sortedBy("judge:llama", Direction.ASCENDING))).isEqualTo("e0 e3 e2 e1 e4");
        assertThat(order(ResponseQuery.ALL.sortedBy("judge:llama", Direction.ASCENDING).page(1, 2))).isEqualTo("e3 e2");
    }

    @Test
    void filtersByScoreAndByTextInAnyCase() {
        put(response("r", 0, 0, 3, "A Simile", "y"));
        put(response("r", 0, 1, 3, "x", "this simile"));
        put(response("r", 0, 2, 3, "x", "y"));
        put(score("r", 0, 0, 3, 0.2));
        put(score("r", 0, 1, 3, 0.5));

        ResponsePage similes = responses.page("r", 0, ResponseQuery.ALL.containing("SIMILE").page(1, 10));
        assertThat(similes.total()).isEqualTo(3);
        assertThat(similes.matching()).isEqualTo(2);
        assertThat(similes.responses()).singleElement()
                .satisfies(scored -> assertThat(scored.response().example()).isEqualTo("e1"));
        assertThat(order(ResponseQuery.ALL.within("token_f1", 0.2, 0.4))).isEqualTo("e0");
        assertThat(order(ResponseQuery.ALL.containing("simile").within("token_f1", 0.4, 1))).isEqualTo("e1");
    }

    @Test
    void whatCannotBeReadIsPassedOverAndATombstoneTakesAway() {
        put(response("r", 0, 0, 2, "x", "y"));
        put(response("r", 0, 1, 2, "x", "y"));
        pipe(Topics.SCORES, "r/0/e0", "{poison".getBytes(StandardCharsets.UTF_8));
        pipe(Topics.RESPONSES, "r/0/e9", "{poison".getBytes(StandardCharsets.UTF_8));
        pipe(Topics.RESPONSES, null, "keyless".getBytes(StandardCharsets.UTF_8));
        pipe(Topics.RESPONSES, "r/0/e1", null);
        driver.createInputTopic(Topics.RESPONSES.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(
                        "r/0/e8",
                        json(response("r", 0, 8, 9, "x", "y")),
                        new RecordHeaders().add("ce_type", "response.v9".getBytes(StandardCharsets.UTF_8))));

        assertThat(order(ResponseQuery.ALL)).isEqualTo("e0");
        assertThat(responses.find("r", 0, "e0").orElseThrow().score()).isEmpty();
    }

    @Test
    void whatKafkaNoLongerHasIsNotKeptEither() {
        Score waiting = ScoreBuilder.builder()
                .run("old")
                .step(5)
                .example("e0")
                .index(0)
                .of(1)
                .metrics(Map.of())
                .awaited(List.of("slow"))
                .build();
        put(response("old", 5, 0, 1, "x", "y")); // offset 0 of both topics
        put(waiting);
        put(response("r", 5, 0, 1, "x", "before"));
        put(score("r", 5, 0, 1, 0.25));
        put(response("r", 5, 0, 1, "x", "after")); // offset 2 replaces offset 1
        assertThat(awaited()).containsOnlyKeys("old/5/e0");

        firstOffsets.set(Map.of(first(Topics.RESPONSES), 2L, first(Topics.SCORES), 1L));
        put(response("new", 5, 0, 1, "x", "y"));
        put(score("new", 5, 0, 1, 0.5));

        assertThat(responses.of("old", 5)).isEmpty();
        assertThat(awaited()).isEmpty();
        assertThat(driver.getKeyValueStore(ResponseStores.SCORES).get("old/5/e0")).isNull();
        assertThat(responses.of("r", 5)).singleElement().satisfies(kept -> {
            assertThat(kept.response().response()).isEqualTo("after");
            assertThat(kept.figure("token_f1")).contains(0.25);
        });
        assertThat(responses.of("new", 5)).hasSize(1);
    }

    @Test
    void whatAnEarlierVersionKeptIsReadAndReplaced() {
        driver.<String, byte[]>getKeyValueStore(ResponseStores.RESPONSES).put("r/5/e0", json(response("r", 5, 0, 1, "x", "old")));
        firstOffsets.set(Map.of(first(Topics.RESPONSES), 9L));
        put(response("other", 5, 0, 1, "x", "y"));
        assertThat(responses.find("r", 5, "e0").orElseThrow().response().response()).isEqualTo("old");

        put(response("r", 5, 0, 1, "x", "new"));

        assertThat(responses.find("r", 5, "e0").orElseThrow().response().response()).isEqualTo("new");
    }

    private static TopicPartition first(Topic<?> topic) {
        return new TopicPartition(topic.name(), 0);
    }

    private String order(ResponseQuery query) {
        return String.join(" ", responses.page("r", 0, query).responses().stream()
                .map(scored -> scored.response().example())
                .toList());
    }

    private void put(Response response) {
        pipe(Topics.RESPONSES, response.key(), json(response));
    }

    private void put(Score score) {
        pipe(Topics.SCORES, score.key(), json(score));
    }

    private void pipe(Topic<?> topic, String key, byte[] value) {
        driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer()).pipeInput(key, value);
    }

    private static byte[] json(Event event) {
        try {
            return Json.MAPPER.writeValueAsBytes(event);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
