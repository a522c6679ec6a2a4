package dev.apprentice.judge.page.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.contracts.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatCommandTest {

    @Test
    void aRunOnDefaultsNamesNothingButItsModelAndData() throws IOException {
        assertThat(RepeatCommand.of(run("{}", "{}")))
                .isEqualTo(new RepeatCommand("./apprentice tune --model /models/gpt2 --data animals.json", List.of()));
    }

    @Test
    void whatDiffersFromTheDefaultsIsAnOption() throws IOException {
        RepeatCommand command = RepeatCommand.of(run(
                "{\"promptStyle\":\"phi3\",\"maxLength\":512,\"overlong\":\"DROP\",\"split\":{\"policy\":\"HASH\",\"train\":0.85,\"test\":0.1}}",
                "{\"epochs\":3,\"learningRate\":0.001,\"schedule\":\"COSINE\",\"maskInstruction\":true,\"maxGradientNorm\":1.0}"));

        assertThat(command.line())
                .startsWith("./apprentice tune --model /models/gpt2 --data animals.json --prompt phi3 --split hash"
                        + " --max-length 512 --overlong drop")
                .contains(" --epochs 3", " --learning-rate 0.001", " --schedule cosine", " --answer-only", " --max-gradient-norm 1.0");
        assertThat(command.beyond()).isEmpty();
    }

    @Test
    void theDatasFileIsNamedWhereItIsKnown() throws IOException {
        assertThat(RepeatCommand.of(run("{\"file\":\"/my data/animals v2.jsonl\",\"groupByLength\":64,\"packTexts\":true}", "{}")).line())
                .isEqualTo("./apprentice tune --model /models/gpt2 --data '/my data/animals v2.jsonl' --group-by-length 64"
                        + " --pack-texts");
    }

    @Test
    void theDataIsReadAsItWas() throws IOException {
        assertThat(RepeatCommand.of(run("{\"file\":\"/a.csv\",\"reading\":{\"fields\":[\"text=re, view\",\"label=stars\"],\"strict\":true,"
                        + "\"turns\":\"LAST\",\"template\":\"sentiment\",\"filter\":\"stars > 3\",\"sample\":0.5,"
                        + "\"mask\":[\"email\",\"phone:DE\"]}}", "{}")))
                .isEqualTo(new RepeatCommand("./apprentice tune --model /models/gpt2 --data /a.csv --field 'text=re, view'"
                        + " --field label=stars --strict --turns last --template sentiment --filter 'stars > 3' --sample 0.5"
                        + " --mask email,phone:DE", List.of()));
    }

    @Test
    void filesOfTheirOwnSharesAndWeightsAreOptions() throws IOException {
        assertThat(RepeatCommand.of(run("{\"file\":\"/a.csv\",\"weight\":2.0,\"also\":[{\"dataset\":\"b\",\"weight\":0.3,\"file\":\"hf:x/b:test\"}],"
                        + "\"validation\":{\"dataset\":\"dev\",\"file\":\"/dev.json\"},\"test\":{\"dataset\":\"exam\"}}", "{}")).line())
                .endsWith(" --data /a.csv=2.0 --data hf:x/b:test=0.3 --validation /dev.json --test exam.json");
        assertThat(RepeatCommand.of(run("{\"split\":{\"policy\":\"ORDERED\",\"train\":0.7,\"test\":0.2}}", "{}")).line())
                .endsWith(" --data animals.json --test-share 0.2 --validation-share 0.1");
        assertThat(RepeatCommand.of(run("{\"split\":{\"policy\":\"ORDERED\",\"train\":1.0,\"test\":0.0}}", "{}")).line())
                .endsWith(" --data animals.json --test-share 0.0 --validation-share 0.0");
    }

    @Test
    void whatIsGivenTwiceIsLearnedAsOftenAsItWas() throws IOException {
        ObjectNode old = specification("{}", "{}");
        old.withObject("/data").remove(List.of("duplicates", "nearDuplicates"));
        assertThat(RepeatCommand.of(read(old)).line()).endsWith(" --data animals.json --duplicates keep");
        assertThat(RepeatCommand.of(run("{\"duplicates\":\"KEEP\",\"nearDuplicates\":0.6}", "{}")).line())
                .endsWith(" --data animals.json --duplicates keep --near-duplicates 0.6");
        String position = "\"split\":{\"policy\":\"POSITION\",\"train\":0.85,\"test\":0.1}";
        assertThat(RepeatCommand.of(run("{" + position + ",\"duplicates\":\"KEEP\"}", "{}")).line()).endsWith(" --split position");
        assertThat(RepeatCommand.of(run("{" + position + "}", "{}")).line()).endsWith(" --split position --duplicates once");
    }

    @Test
    void aStreamIsRepeatedByStreamWithItsOwnOptions() throws IOException {
        String split = "\"source\":\"STREAM\",\"split\":{\"policy\":\"HASH\",\"train\":0.85,\"test\":0.1}";

        assertThat(RepeatCommand.of(run("{" + split + "}", "{}")))
                .isEqualTo(new RepeatCommand("./apprentice stream - --dataset animals --model /models/gpt2", List.of()));
        RepeatCommand command = RepeatCommand.of(run(
                "{" + split + ",\"file\":\"/data/a.jsonl\",\"linger\":\"PT2.5S\",\"replay\":0.25,\"maxLength\":64}",
                "{\"batchSize\":4}"));
        assertThat(command.line()).isEqualTo("./apprentice stream /data/a.jsonl --dataset animals --model /models/gpt2"
                + " --max-length 64 --linger 2.5s --replay 0.25 --batch-size 4");
        assertThat(command.beyond()).isEmpty();
    }

    @Test
    void adaptersPrecisionAndWhatIsKeptAreOptionsToo() throws IOException {
        RepeatCommand command = RepeatCommand.of(run("{}", "{\"precision\":\"BFLOAT16\",\"gradientAccumulation\":4,"
                + "\"activationCheckpointing\":true,\"checkpointAfter\":\"PT10M\",\"keepCheckpoints\":{\"last\":2},"
                + "\"lora\":{\"rank\":8,\"targets\":[\"q_proj\",\"v_proj\"],\"merge\":true}}"));

        assertThat(command.line())
                .contains(" --precision bfloat16", " --gradient-accumulation 4", " --activation-checkpointing")
                .endsWith(" --lora-rank 8 --lora-targets q_proj,v_proj --lora-merge --checkpoint-after 10m --keep-last 2");
        assertThat(command.beyond()).isEmpty();
    }

    @Test
    void whatTheCommandLineHasNoOptionForIsSaid() throws IOException {
        assertThat(RepeatCommand.of(run("{}", "{\"beta2\":0.95}")).beyond()).containsExactly("beta2=0.95");
    }

    @Test
    void labelsAreAnOptionUnlessOneHoldsTheCommaThatSeparatesThem() throws IOException {
        ObjectNode plain = specification("{}", "{}");
        plain.putArray("labels").add("spam").add("not spam");
        ObjectNode odd = specification("{}", "{}");
        odd.putArray("labels").add("yes, sir").add("no");

        assertThat(RepeatCommand.of(read(plain)).line()).endsWith(" --labels 'spam,not spam'");
        assertThat(RepeatCommand.of(read(odd)).line()).doesNotContain("--labels");
        assertThat(RepeatCommand.of(read(odd)).beyond()).containsExactly("labels=[yes, sir, no]");
        plain.withObject("/data").put("source", "STREAM").putObject("split").put("policy", "HASH").put("train", 0.85).put("test", 0.1);
        plain.put("judge", "metric:chrf");
        assertThat(RepeatCommand.of(read(plain)).line()).endsWith(" --judge metric:chrf --labels 'spam,not spam'");
    }

    @Test
    void aShellReadsAnOddFolderAsOneWord() throws IOException {
        ObjectNode odd = specification("{}", "{}");
        odd.withObject("/model").put("location", "/my models/it's; rm -rf $HOME");

        assertThat(RepeatCommand.of(read(odd)).line()).contains("--model '/my models/it'\\''s; rm -rf $HOME' --data");
    }

    private static Run run(String data, String training) throws IOException {
        return read(specification(data, training));
    }

    private static ObjectNode specification(String data, String training) throws IOException {
        ObjectNode specification = Json.MAPPER.createObjectNode();
        specification.putObject("model").put("location", "/models/gpt2");
        ObjectNode source = specification.putObject("data").put("dataset", "animals").put("duplicates", "ONCE").put("nearDuplicates", 0.8);
        source.setAll((ObjectNode) Json.MAPPER.readTree(data));
        ObjectNode hyper = Json.MAPPER.valueToTree(Training.DEFAULTS);
        hyper.setAll((ObjectNode) Json.MAPPER.readTree(training));
        specification.set("training", hyper);
        return specification;
    }

    private static Run read(ObjectNode specification) throws IOException {
        ObjectNode run = Json.MAPPER.createObjectNode()
                .put("run", "a-run")
                .put("desired", "RUN")
                .put("requestedAt", "2026-01-02T03:04:05Z");
        run.set("specification", specification);
        return Topics.RUNS.read(Json.MAPPER.writeValueAsString(run).getBytes(StandardCharsets.UTF_8));
    }
}
