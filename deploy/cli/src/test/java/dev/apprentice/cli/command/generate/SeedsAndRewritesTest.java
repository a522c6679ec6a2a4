package dev.apprentice.cli.command.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.cli.CommandRun;
import dev.apprentice.cli.generate.FakeModel;
import dev.apprentice.contracts.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Makes new instructions from seeds, and rewrites weak answers. */
class SeedsAndRewritesTest {

    @TempDir Path folder;
    private FakeModel model;
    private Path out;
    private Path rejects;

    @BeforeEach
    void startModel() throws IOException {
        out = folder.resolve("made.jsonl");
        rejects = folder.resolve("made.rejects.jsonl");
        model = new FakeModel(question -> FakeModel.FAILS);
    }

    @AfterEach
    void stopModel() {
        model.close();
    }

    private CommandRun generate(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "generate-data", "--model", "writer", "--ollama-url", model.url(), "--out", out.toString(), "--tries", "1"));
        arguments.addAll(List.of(more));
        return CommandRun.of(folder, arguments.toArray(String[]::new));
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(Json.MAPPER.readTree(line));
        }
        return lines;
    }

    private static String ofSeeds(String question) {
        if (question.contains("Write 5 new ones")) {
            return """
                    Sure! {"instructions": ["Name three rivers of Europe.", "Name two rivers of Europe.", "Draw a picture of a cat.", "Sing!",
                    "Translate the word bread into French.", "What is the opposite of cold?"]}""";
        }
        if (question.contains("Write one example of it")) {
            return question.contains("rivers")
                    ? "{\"input\": \"\", \"output\": \"Rhine, Danube, Volga\"}" : "{\"input\": \"bread\", \"output\": \"le chat\"}";
        }
        return question.contains("le chat") ? "{\"reason\": \"It is le pain.\", \"score\": 0}" : "{\"reason\": \"Right.\", \"score\": 100}";
    }

    @Test
    void seedsBecomeInstructionsThatAreNewAndExamplesThatAreRight() throws IOException {
        Path seeds = Files.writeString(folder.resolve("seeds.txt"), "What is the opposite of hot?\n\nRhyme on tree.\n");
        model.answers(SeedsAndRewritesTest::ofSeeds);

        CommandRun run = generate("--seeds", seeds.toString(), "--count", "3");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).as("there is one, not three").isEqualTo(1);
        assertThat(lines(out)).singleElement().satisfies(line -> {
            assertThat(line.path("instruction").asText()).isEqualTo("Name three rivers of Europe.");
            assertThat(line.path("output").asText()).isEqualTo("Rhine, Danube, Volga");
            assertThat(line.path("score").asInt()).isEqualTo(100);
        });
        // by hand: 4 common words in order of 5 and 5 give 2 * 4 / 10; "What is the opposite of" has 5 of 6 and 6
        assertThat(lines(rejects).stream().limit(5)).extracting(line -> line.path("reason").asText()).containsExactlyInAnyOrder(
                "ROUGE-L 0.80 to an earlier one: Name three rivers of Europe.",
                "it mentions 'draw', but a text model can only read and write text",
                "an instruction has 3 to 150 words, this one 1",
                "ROUGE-L 0.83 to an earlier one: What is the opposite of hot?",
                "It is le pain.");
        assertThat(run.out()).contains("10 rounds in a row gave no new example", "11 rounds: 11 done.");
        assertThat(model.asked().get(0)).contains("What is the opposite of hot?", "Rhyme on tree.");
    }

    @Test
    void noMoreThanAreAskedForAreMadeAndTheNextCallAsksForTheRest() throws IOException {
        Path seeds = Files.writeString(folder.resolve("seeds.jsonl"), "{\"instruction\": \"Rhyme on tree.\", \"output\": \"Sea.\"}\n");
        model.answers(question -> question.contains("Write 5 new ones")
                ? "[{\"instruction\": \"Name three rivers of Europe.\"}, {\"instruction\": \"Why does iron rust in rain?\"}]"
                : "{\"input\": \"\", \"output\": \"Yes.\"}");

        assertThat(generate("--seeds", seeds.toString(), "--count", "1", "--judge", "none").status()).isZero();
        assertThat(lines(out)).hasSize(1);
        assertThat(lines(rejects)).singleElement().satisfies(line -> {
            assertThat(line.path("instruction").asText()).isEqualTo("Why does iron rust in rain?");
            assertThat(line.path("reason").asText()).isEqualTo("--count was reached; give a greater one to have more");
        });
        CommandRun next = generate("--seeds", seeds.toString(), "--count", "2", "--judge", "none");
        assertThat(next.status()).isZero();
        assertThat(lines(out)).extracting(line -> line.path("instruction").asText())
                .containsExactly("Name three rivers of Europe.", "Why does iron rust in rain?");
        assertThat(next.out()).contains("2 rounds: 1 done, 1 by an earlier call.");
    }

    @Test
    void roundsOfAModelThatWritesNonsenseAreRejectedAndCountedAndEndByThemselves() throws IOException {
        Path seeds = Files.writeString(folder.resolve("seeds.jsonl"), "{\"instruction\": \"Sing.\"}\n{\"instruction\": \"Sing.\"}\n{\"text\": \"a\"}\n");
        model.answers(question -> "has a house in Umberly.");

        CommandRun run = generate("--seeds", seeds.toString(), "--count", "2");

        assertThat(run.status()).isEqualTo(1);
        assertThat(lines(rejects)).hasSize(10).allSatisfy(line -> assertThat(line.path("reason").asText())
                .isEqualTo("'writer' answers in another form than was asked for: 'has a house in Umberly.'"));
        assertThat(run.out()).contains(seeds + ": 1 instruction; 1 duplicate, used once; 1 entry without 'instruction' left out.",
                "10 rounds: 10 done.", "10 examples: 0 in " + out + "; 10 in " + rejects + ": 10 without a readable answer.");
    }

    @Test
    void whatARoundThatFailedHadMadeIsNoDuplicateOfTheNext() throws IOException {
        Path seeds = Files.writeString(folder.resolve("seeds.txt"), "Rhyme on tree.");
        AtomicInteger answers = new AtomicInteger();
        model.answers(question -> question.contains("Write 5 new ones") ? "{\"instructions\": [\"Name three rivers of Europe.\"]}"
                : answers.incrementAndGet() == 1 ? FakeModel.FAILS : "{\"input\": \"\", \"output\": \"Rhine\"}");

        CommandRun run = generate("--seeds", seeds.toString(), "--count", "1", "--judge", "none");

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("2 rounds: 1 done, 1 failed.", "1 example: 1 in " + out + ".");
    }

    @Test
    void aModelThatIsAwayEndsTheRounds() throws IOException {
        Path seeds = Files.writeString(folder.resolve("seeds.txt"), "Rhyme on tree.");

        CommandRun run = generate("--seeds", seeds.toString(), "--count", "2");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("round 1: model 'writer' at " + model.url() + " did not answer", "5 rounds: 0 done, 5 failed.");
    }

    private static String rewriting(String question) {
        if (question.contains("say what the answer lacks")) {
            return question.contains("capital")
                    ? "{\"critique\": \"Too short.\", \"output\": \"The capital of France is Paris.\"}"
                    : "{\"critique\": \"Fine.\", \"output\": \"Five, I would say.\"}";
        }
        // about capitals the whole sentence wins in both places; about sums the judge prefers the first answer
        return question.contains("capital")
                ? question.contains("Answer B: The capital") ? "{\"reason\": \"Whole.\", \"better\": \"B\"}" : "{\"reason\": \"Whole.\", \"better\": \"A\"}"
                : "{\"reason\": \"First.\", \"better\": \"A\"}";
    }

    @Test
    void aRewriteReplacesAnAnswerOnlyWhereTheJudgePrefersItInBothPlaces() throws IOException {
        Path weak = Files.writeString(folder.resolve("weak.json"), """
                [{"instruction": "What is the capital of France?", "input": "", "output": "Paris", "category": "facts"},
                 {"question": "Add two and two.", "answer": "Four."},
                 {"question": "Add two and two.", "answer": "Four."},
                 {"instruction": "No answer."}]""");
        model.answers(SeedsAndRewritesTest::rewriting);

        CommandRun run = generate("--improve", weak.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        List<JsonNode> made = lines(out);
        assertThat(made).extracting(line -> line.path("output").asText()).containsExactly("The capital of France is Paris.", "Four.");
        assertThat(made).extracting(line -> line.path("original_output").asText()).containsExactly("Paris", "Four.");
        assertThat(made).extracting(line -> line.path("improved").asBoolean()).containsExactly(true, false);
        assertThat(made.get(0).path("category").asText()).isEqualTo("facts");
        assertThat(made.get(1).path("instruction").asText()).isEqualTo("Add two and two.");
        assertThat(lines(rejects)).singleElement().satisfies(line -> {
            assertThat(line.path("output").asText()).isEqualTo("Five, I would say.");
            assertThat(line.path("reason").asText()).isEqualTo("First.");
        });
        assertThat(run.out()).contains(
                "Left out of " + weak + ": 1 without instruction or output.",
                "Left out of " + weak + ": 1 duplicate of an earlier one.",
                "2 examples: 2 done.", "1 of 2 have a better answer; the original is in original_output.");
    }

    @Test
    void aVerdictOnARewriteThatCannotBeReadIsAFaultOfTheJudge() throws IOException {
        Path weak = Files.writeString(folder.resolve("weak.json"), "[{\"instruction\": \"What is the capital of France?\", \"output\": \"Paris\"}]");
        model.answers(question -> question.contains("say what the answer lacks") ? rewriting(question) : "I like both.");

        CommandRun run = generate("--improve", weak.toString(), "--strict");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("1 with an unreadable verdict", "0 of 1 have a better answer");
        assertThat(lines(out)).singleElement().satisfies(line -> assertThat(line.path("output").asText()).isEqualTo("Paris"));
        assertThat(lines(rejects)).singleElement().satisfies(line -> assertThat(line.path("why").asText()).isEqualTo("UNREADABLE_VERDICT"));
    }

    @Test
    void whatCannotBeUsedIsRefusedInOneSentence() throws IOException {
        Path text = Files.writeString(folder.resolve("a.txt"), "Rhyme on tree.");
        Path broken = Files.writeString(folder.resolve("b.jsonl"), "{\"instruction\": \"A.\", \"output\": \"B.\"}\n{\"instruction\": ");
        Path empty = Files.writeString(folder.resolve("c.txt"), "\n");
        assertThat(generate("--seeds", text.toString()).err()).isEqualTo("--seeds and --count belong together: --seeds FILE --count N.\n");
        assertThat(generate("--seeds", text.toString(), "--count", "0").err()).isEqualTo("--count is 0; it must be at least 1.\n");
        assertThat(generate("--seeds", empty.toString(), "--count", "1").err()).startsWith("There is no instruction in " + empty);
        assertThat(generate("--improve", text.toString()).err()).startsWith(text + " is not JSON; --improve takes a JSON array or JSON lines");
        Path pdf = Files.writeString(folder.resolve("d.pdf"), "%PDF-1.4\n1 0 obj\n");
        assertThat(generate("--seeds", pdf.toString(), "--count", "1").err()).isEqualTo(pdf + " is a PDF; --seeds takes an instruction a line, or"
                + " JSON. To have examples made of a PDF, name it without --seeds.\n");
        assertThat(generate("--improve", broken.toString()).err()).startsWith(broken + " stops being JSON at line 2: ");
        assertThat(generate("--improve", broken.toString(), "--judge", "none").err()).startsWith("--improve needs a judge: ");
        assertThat(generate("--improve", folder.resolve("x").toString()).err()).startsWith("The file " + folder.resolve("x") + " cannot be read");
        assertThat(generate("x.md", "--improve", broken.toString()).err()).startsWith("Name documents (files, folders");
        assertThat(model.asked()).isEmpty();
    }

    @Test
    void aFileOfOneKindIsNotContinuedWithAnother() throws IOException {
        Path seeds = Files.writeString(folder.resolve("seeds.txt"), "Rhyme on tree.");
        generate("--seeds", seeds.toString(), "--count", "1");
        Path guide = Files.writeString(folder.resolve("guide.md"), "The bakery opens at seven on weekdays.");

        assertThat(generate(guide.toString()).err())
                .isEqualTo(out + " was made from seed instructions, not from documents; name another file with --out.\n");
    }
}
