package dev.apprentice.cli.command.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.contracts.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class RunSettingsTest {

    @Command(name = "tune", modelTransformer = RunSettings.OfDataset.class)
    static final class Tune implements Runnable {

        @Override
        public void run() {}
    }

    @Test
    void whatIsNotGivenIsLeftToTheTrainer() {
        assertThat(given().isEmpty()).isTrue();
    }

    @Test
    void whatIsGivenIsSentUnderTheContractsNames() throws Exception {
        Map<String, Object> given = given(
                "--precision", "bfloat16", "--gradient-accumulation", "4", "--weight-decay-on", "matrices",
                "--activation-checkpointing", "--checkpoint-every", "50", "--checkpoint-after", "10m",
                "--max-steps", "1000", "--patience", "3", "--keep-last", "3", "--keep-best", "2",
                "--lora-rank", "8", "--lora-alpha", "16", "--lora-dropout", "0.05",
                "--lora-targets", "q_proj,v_proj", "--lora-merge").training();
        assertThat(Json.MAPPER.valueToTree(given).toString()).isEqualTo("""
                {"checkpointEvery":50,"precision":"BFLOAT16","gradientAccumulation":4,\
                "weightDecayOn":"MATRICES","activationCheckpointing":true,\
                "lora":{"rank":8,"alpha":16.0,"dropout":0.05,"targets":["q_proj","v_proj"],"merge":true},\
                "checkpointAfter":"PT10M","keepCheckpoints":{"last":3,"best":2},"maxSteps":1000,"patience":3}""");
    }

    @Test
    void howExamplesBecomeRowsAndAreAskedIsSentUnderTheContractsNames() throws Exception {
        RunSettings given = given("--split", "hash", "--max-length", "64", "--overlong", "drop", "--group-by-length", "8",
                "--duplicates", "keep", "--near-duplicates", "0.9", "--max-new-tokens", "12");

        assertThat(Json.MAPPER.valueToTree(given.data()).toString()).isEqualTo("""
                {"split":{"policy":"HASH"},"maxLength":64,"overlong":"DROP","groupByLength":8,"duplicates":"KEEP",\
                "nearDuplicates":0.9}""");
        assertThat(given.generation()).containsExactly(Map.entry("maxNewTokens", 12));
        assertThat(given.training()).isEmpty();
    }

    @Test
    void aSettingOfStreamsIsNoOptionOfARunThatLearnsADataset() {
        assertThatThrownBy(() -> given("--linger", "2s")).hasMessageContaining("Unknown option").hasMessageContaining("--linger");
    }

    @ParameterizedTest
    @CsvSource({"90s, PT1M30S", "10m, PT10M", "1h30m, PT1H30M", "2d, PT48H", "PT5M, PT5M"})
    void aTimeIsReadAsPeopleWriteIt(String text, String iso) {
        assertThat(given("--checkpoint-after", text).training()).containsEntry("checkpointAfter", iso);
    }

    @Test
    void aTimeThatIsNoneIsNamed() {
        assertThatThrownBy(() -> given("--checkpoint-after", "soon"))
                .hasMessageContaining("'soon' is not a time; write it like 90s, 10m, 1h30m or 2d");
    }

    @Test
    void anAdapterNeedsARank() {
        assertThatThrownBy(() -> given("--lora-alpha", "8")).hasMessageContaining("--lora-rank");
    }

    private static RunSettings given(String... arguments) {
        CommandLine tune = new CommandLine(new Tune()).setCaseInsensitiveEnumValuesAllowed(true);
        tune.parseArgs(arguments);
        return RunSettings.of(tune.getCommandSpec());
    }
}
