package dev.apprentice.dataset.batches;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.run.DataSourceBuilder;
import dev.apprentice.dataset.Runs;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.example.ExampleLines;
import dev.apprentice.dataset.datasets.reading.WholeJson;
import dev.apprentice.dataset.datasets.reading.outcome.IgnoredFields;
import dev.apprentice.dataset.table.Scratch;
import dev.apprentice.model.tokenizer.RowBuilder;
import dev.apprentice.model.tokenizer.Tokenizer;
import dev.apprentice.prompts.PromptStyle;
import dev.apprentice.testkit.Fixtures;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolsTest {

    private static final String MESSAGES =
            "\"messages\": [{\"role\": \"user\", \"content\": \"Is it hot in Rome?\"}, {\"role\": \"assistant\", \"content\": \"Let me look.\"}]";
    private static final String FUNCTION = "{\"name\": \"temperature\", \"parameters\": {\"city\": \"string\"}}";
    private static final String WRITTEN = "{\"type\": \"function\", \"function\": " + FUNCTION + "}";
    private static final PromptStyle WITH_TOOLS = PromptStyle.ofTemplate("tools.jinja",
            "{% for tool in tools or [] %}{{ tool | tojson }}|{% endfor %}{% for m in messages %}{{ m.content }}|{% endfor %}");

    @TempDir Path folder;

    private static IgnoredFields read(String entry, List<Example> into) throws IOException {
        return WholeJson.read(("[" + entry + "]").getBytes(StandardCharsets.UTF_8), 1 << 20, into::add);
    }

    @Test
    void descriptionsOfToolsAreWrittenWhereTheStyleWritesThem() throws IOException {
        List<Example> read = new ArrayList<>();
        assertThat(read("{" + MESSAGES + ", \"tools\": [" + WRITTEN + "]}, {" + MESSAGES + ", \"functions\": [" + FUNCTION + "]}", read).examples())
                .isEmpty();
        Path file = folder.resolve("kept.jsonl");
        try (OutputStream out = Files.newOutputStream(file)) {
            ExampleLines.write(read.get(0), out);
            ExampleLines.write(read.get(1), out);
        }
        List<Example> kept = new ArrayList<>();
        ExampleLines.forEach(file, kept::add);
        kept.add(Example.of(kept.get(0).in("by-topic")));

        try (Tokenizer tokenizer = tokenizer()) {
            RunFormat format = format(WITH_TOOLS, tokenizer);
            assertThat(kept).hasSize(3).allSatisfy(example -> {
                assertThat(format.shown(example)).startsWith(WRITTEN + "|Is it hot in Rome?|Let me look.");
                assertThat(format.leavesToolsOut(example)).isFalse();
            });
        }
        assertThat(kept.get(0).textHash()).isEqualTo(kept.get(1).textHash())
                .isNotEqualTo(kept.get(0).withTools(List.of(Map.of("name", "other"))).textHash());
    }

    @Test
    void whereTheStyleWritesNoneItIsSaidOfHowManyExamplesTheyAreNotLearned() throws IOException {
        List<Example> read = new ArrayList<>();
        read("{" + MESSAGES + ", \"tools\": [" + WRITTEN + "]}, {" + MESSAGES + "}", read);
        try (Tokenizer tokenizer = tokenizer();
                RowCollector rows = new RowCollector(format(PromptStyle.ALPACA, tokenizer),
                        DataSourceBuilder.builder().dataset("tools").build(), Runs.training(1, 8, true, false), new Scratch(folder))) {
            for (Example example : read) {
                rows.add(Share.TRAIN, example);
            }
            rows.finish();
            assertThat(rows.trainRows()).hasSize(2);
            assertThat(rows.toolsLeftOutInWords())
                    .isEqualTo("; tool descriptions of 1 example are not learned: the prompt style alpaca does not write them");
        }
    }

    @Test
    void whatIsNoListOfDescriptionsCountsAsNotUsed() throws IOException {
        List<Example> read = new ArrayList<>();
        assertThat(read("{" + MESSAGES + ", \"tools\": \"none\"}, {" + MESSAGES + ", \"tools\": []}, {" + MESSAGES + ", \"tools\": [1]}", read)
                .examples()).isEqualTo(Map.of("tools", 2));
        assertThat(read).hasSize(3).allMatch(example -> example.tools().isEmpty());
    }

    private Tokenizer tokenizer() {
        return Tokenizer.load(Fixtures.modelFolder("tiny-gpt2", folder.resolve("model")).resolve("tokenizer.json"));
    }

    private static RunFormat format(PromptStyle style, Tokenizer tokenizer) {
        return new RunFormat(style, tokenizer, new RowBuilder(0, 500, RowBuilder.Overlong.TERMINATE, false), false,
                new SimpleMeterRegistry().timer("tokenizing"));
    }
}
