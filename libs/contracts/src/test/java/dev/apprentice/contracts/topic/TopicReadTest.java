package dev.apprentice.contracts.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.contracts.InvalidEventException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be used says where it is wrong: the message ends up as the reason of a dead letter. */
class TopicReadTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "runs         | {\"run\": \"a\",\\n \"desired\" \"RUN\"} | not JSON at line 2, column 12",
        "runs         | {\"run\": \"a\"}                      | field 'desired' is missing",
        "runs         | {\"run\": \"a/b\"}                    | field 'run' is 'a/b'; a name has 1 to 100",
        "runs         | null                                  | is JSON null",
        "runs         | {\"run\": \"a\", \"desired\": \"STOP\"} | field 'desired' is 'STOP'; this version knows RUN, CANCEL",
        "instructions | {\"dataset\": \"d\", \"example\": \"1\", \"instruction\": \" \"} | field 'instruction' is empty",
        "instructions | {\"dataset\": \"d\", \"example\": \"1\", \"instruction\": \"Go.\"} | field 'output' is missing",
        "instructions | [1, 2]                                | a record of apprentice.instructions cannot be used: it is JSON, but no object",
        "progress     | {\"run\": \"a\", \"at\": \"yesterday\"} | field 'at'",
        "checkpoints  | {\"run\": \"a\", \"step\": -1, \"epoch\": 0, \"last\": false, \"tokensSeen\": 0, \"nextOffset\": 0} | field 'step' is -1; it must be at least 0",
        "prompts      | {\"run\": \"a\", \"step\": 1, \"example\": \"1\", \"index\": 3, \"of\": 3, \"maxNewTokens\": 1} | field 'of' is 3; it must be at least 4",
        "responses    | {\"run\": \"a\", \"step\": 1, \"example\": \"1\", \"index\": 0} | field 'of' is missing",
        "scores       | {\"run\": \"a\", \"step\": 1, \"example\": \"1\", \"index\": 0, \"of\": 1, \"metrics\": {}, \"verdicts\": [{\"judge\": \"j\", \"seconds\": 1}]} | exactly one of 'score' and 'unreadable' for judge 'j'",
        "scores       | {\"run\": \"a\", \"step\": 1, \"example\": \"1\", \"index\": 0, \"of\": 1, \"metrics\": {\"rouge_l\": null}} | field 'metrics.rouge_l' is missing",
        "scores       | {\"run\": \"a\", \"step\": 1, \"example\": \"1\", \"index\": 0, \"of\": 1, \"metrics\": {\"rouge_l\": \"NaN\"}} | field 'metrics.rouge_l' is NaN; it must be a finite number and at least 0.0",
        "scores       | {\"run\": \"a\", \"step\": 1, \"example\": \"1\", \"index\": 0, \"of\": 1, \"metrics\": {}, \"verdicts\": [{\"judge\": \"j\", \"score\": 101, \"seconds\": 1}]} | field 'verdicts.score' is 101.0; it must be from 0.0 to 100.0",
        "scores       | {\"run\": \"a\", \"step\": 1, \"example\": \"1\", \"index\": 0, \"of\": 1, \"metrics\": {}, \"awaited\": [\"j\", null]} | field 'awaited[1]' is null",
        "reports      | {\"run\": \"a\", \"step\": 1, \"questions\": 1, \"graded\": 2} | field 'questions' is 1; it must be at least 2",
        "runs         | {\"run\": \"a\", \"desired\": \"RUN\", \"requestedAt\": \"2026-01-02T03:04:05Z\", \"specification\": {\"model\": {\"location\": \"/m\"}, \"data\": {\"dataset\": \"d\", \"source\": \"STREAM\", \"split\": {\"policy\": \"ORDERED\", \"train\": 0.5, \"test\": 0.1}}}} | field 'data.split.policy' is ORDERED; a stream has no end to count shares by, it needs HASH",
        "runs         | {\"run\": \"a\", \"desired\": \"RUN\", \"requestedAt\": \"2026-01-02T03:04:05Z\", \"specification\": {\"model\": {\"location\": \"/m\"}, \"data\": {\"dataset\": \"d\", \"source\": \"STREAM\", \"linger\": \"PT0S\"}}} | field 'data.linger' is PT0S; it must be a duration above zero",
        "runs         | {\"run\": \"a\", \"desired\": \"RUN\", \"requestedAt\": \"2026-01-02T03:04:05Z\", \"specification\": {\"model\": {\"location\": \"/m\"}, \"data\": {\"dataset\": \"d\", \"source\": \"STREAM\", \"replay\": 1}}} | field 'data.replay' is 1.0; it must be at least 0 and below 1",
        "batches.a    | {\"run\": \"a\", \"split\": \"train\", \"epoch\": 1, \"index\": 0, \"tokens\": [1, 2], \"rowLengths\": [2], \"promptLengths\": [1], \"examples\": [\"x\", \"y\"]} | field 'examples' has 2 entries; it needs one for each of the 1 rows",
        "batches.a    | {\"run\": \"a\", \"split\": \"train\", \"epoch\": 1, \"index\": 0, \"tokens\": [1, 2], \"rowLengths\": [3], \"promptLengths\": [0]} | field 'rowLengths' adds up to 3, but there are 2 tokens",
        "batches.a    | {\"run\": \"a\", \"split\": \"train\", \"epoch\": 1, \"index\": 0, \"tokens\": [1, 2], \"rowLengths\": [2], \"promptLengths\": [3]} | row 0 has 2 tokens of which 3 are the prompt's",
    })
    void aRecordThatCannotBeUsedSaysWhereAndWhy(String topic, String json, String reason) {
        Topic<?> known = Topics.named(Topics.PREFIX + topic).orElseThrow();
        assertThatThrownBy(() -> known.read(json.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining(reason);
    }

    /** The reason is in logs, dead letters and on pages. */
    @ParameterizedTest
    @ValueSource(strings = {
        "{\"run\": \"%s\"}", "{\"run\": \"a\", \"desired\": \"%s\"}", "{\"run\": \"a\", \"requestedAt\": \"%s\"}", "\"%s\"", "%s"
    })
    void whatIsVeryLongIsNotSaidWhole(String json) {
        byte[] record = json.formatted("a".repeat(1_000_000)).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Topics.RUNS.read(record))
                .isInstanceOf(InvalidEventException.class)
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(600));
    }

    @ParameterizedTest
    @CsvSource({"other.runs", "apprentice.dead-letters", "apprentice.nothing"})
    void aTopicThatIsNoneOfTheHouseIsUnknown(String name) {
        assertThat(Topics.named(name)).isEmpty();
    }

    @Test
    void aTypeHeaderWithoutAValueIsATypeThatIsNotKnown() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("ce_type", null);

        assertThatThrownBy(() -> Topics.RUNS.requireType(headers))
                .isInstanceOf(InvalidEventException.class)
                .hasMessage("a record of apprentice.runs is of type '', which this version does not know; it reads"
                        + " 'dev.apprentice.run.v1'");
    }
}
