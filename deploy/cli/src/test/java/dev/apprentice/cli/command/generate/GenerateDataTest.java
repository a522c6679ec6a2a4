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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents become questions and answers, and a failure of the model costs only the passage it was about. */
class GenerateDataTest {

    private static final String GUIDE = """
            # Ashcombe bakery

            The bakery in Ashcombe opens at seven on weekdays.

            ## Prices

            A loaf of rye bread costs four euros at the bakery.
            """;

    @TempDir Path folder;
    private FakeModel model;
    private Path guide;
    private Path out;

    @BeforeEach
    void startModel() throws IOException {
        guide = Files.writeString(folder.resolve("guide.md"), GUIDE);
        out = folder.resolve("made.jsonl");
        model = new FakeModel(GenerateDataTest::answer);
    }

    @AfterEach
    void stopModel() {
        model.close();
    }

    /** Answers with two pairs for the passage about rye and one for the other; the judge rejects the one about a mayor. */
    private static String answer(String question) {
        if (question.contains("Judge whether")) {
            return question.contains("mayor") ? "{\"reason\": \"The passage names no mayor.\", \"score\": 5}" : "{\"reason\": \"Yes.\", \"score\": 95}";
        }
        return question.contains("rye")
                ? "<think>Prices, hm.</think>Here are 2 pairs:\n```json\n[{\"question\": \"What does rye bread cost?\", \"answer\": \"Four"
                        + " euros.\"}, {\"question\": \"Who is the mayor?\", \"answer\": \"Ada.\"}]\n```"
                : "{\"pairs\": [{\"question\": \"When does the bakery open?\", \"answer\": \"At seven.\"}]}";
    }

    private CommandRun generate(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "generate-data", "--model", "ollama:writer", "--ollama-url", model.url(), "--out", out.toString(), "--tries", "1"));
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

    @Test
    void aDocumentBecomesExamplesThatSayWhereTheyAreFrom() throws IOException {
        CommandRun run = generate(guide.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        List<JsonNode> made = lines(out);
        assertThat(made).extracting(line -> line.path("instruction").asText())
                .containsExactly("When does the bakery open?", "What does rye bread cost?");
        assertThat(made.get(1).path("output").asText()).isEqualTo("Four euros.");
        assertThat(made.get(1).path("source").asText()).isEqualTo(guide.toString());
        assertThat(made.get(1).path("heading").asText()).isEqualTo("Ashcombe bakery > Prices");
        assertThat(made.get(1).path("score").asInt()).isEqualTo(95);
        JsonNode rejected = lines(folder.resolve("made.rejects.jsonl")).get(0);
        assertThat(rejected.path("instruction").asText()).isEqualTo("Who is the mayor?");
        assertThat(rejected.path("score").asInt()).isEqualTo(5);
        assertThat(rejected.path("reason").asText()).isEqualTo("The passage names no mayor.");
        assertThat(run.out()).contains(
                guide + ": 2 passages",
                "2 passages: 2 done.",
                "3 examples: 2 in " + out + "; 1 in " + folder.resolve("made.rejects.jsonl") + ": 1 scored below the threshold.",
                "instruction: When does the bakery open?",
                "./apprentice tune --model MODEL --data " + out);
    }

    @Test
    void aFolderMayBeALinkAndHaveLinks() throws IOException {
        Path documents = Files.createDirectories(folder.resolve("documents"));
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.move(guide, elsewhere.resolve("guide.md"));
        Files.createSymbolicLink(documents.resolve("more"), elsewhere);
        Files.createSymbolicLink(elsewhere.resolve("round"), documents); // a loop
        Path link = Files.createSymbolicLink(folder.resolve("link"), documents);

        CommandRun run = generate(link.toString());

        assertThat(run.err()).isEmpty();
        assertThat(lines(out)).extracting(line -> line.path("source").asText())
                .containsOnly(link.resolve("more").resolve("guide.md").toString());
    }

    @Test
    void strictlyWhatCannotBeUsedIsAnErrorAndTheOthersAreKept() throws IOException {
        assertThat(generate(guide.toString(), "--strict").status()).as("a low score is no such fault").isZero();

        model.answers(question -> question.contains("rye") ? "la la la" : answer(question));
        out = folder.resolve("other.jsonl");
        CommandRun run = generate(guide.toString(), "--strict");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("--strict: 1 rejected example is unusable; " + folder.resolve("other.rejects.jsonl")
                + " has the reason. The other examples are kept.");
        assertThat(lines(out)).hasSize(1);
        assertThat(generate(guide.toString()).status()).as("not asked for").isZero();
    }

    @Test
    void aPassageThatFailsCostsItselfAndIsAskedAgainByTheNextCallAlone() throws IOException {
        model.answers(question -> question.contains("rye") ? FakeModel.FAILS : answer(question));
        CommandRun first = generate(guide.toString());

        assertThat(first.status()).isEqualTo(1);
        assertThat(first.out()).contains(
                guide + ", \"Ashcombe bakery > Prices\": model 'writer' at " + model.url() + " did not answer: {\"error\":"
                        + " \"out of memory\"}; the next call tries again.",
                "2 passages: 1 done, 1 failed.");
        assertThat(lines(out)).hasSize(1);

        model.answers(GenerateDataTest::answer);
        model.asked().clear();
        CommandRun second = generate(guide.toString());

        assertThat(second.status()).isZero();
        assertThat(second.out()).contains("2 passages: 1 done, 1 by an earlier call.", "3 examples: 2 in ");
        assertThat(lines(out)).hasSize(2);
        assertThat(model.asked()).noneMatch(question -> question.contains("opens at seven"));

        model.asked().clear();
        assertThat(generate(guide.toString()).status()).isZero();
        assertThat(model.asked()).isEmpty();
    }

    @Test
    void whatAKilledCallLeftHalfDoneIsDoneAgainAndNothingIsThereTwice() throws IOException {
        generate(guide.toString());
        Path progress = folder.resolve("made.progress.jsonl");
        List<String> noted = Files.readAllLines(progress);
        Files.writeString(progress, String.join("\n", noted.subList(0, noted.size() - 1)) + "\n{\"source_id\": \"cut o");
        Files.writeString(out, "{\"instruction\": \"Mine.\", \"output\": \"Added by hand.\"}\n" + Files.readString(out) + "{\"instruc");

        CommandRun again = generate(guide.toString());

        assertThat(again.out()).contains("2 passages: 1 done, 1 by an earlier call.", "4 examples: 3 in ");
        assertThat(lines(out)).extracting(line -> line.path("instruction").asText())
                .containsExactly("Mine.", "When does the bakery open?", "What does rye bread cost?");
    }

    @Test
    void duplicatesAreCountedAndTwoPlansOfTwoPricesAreNone() throws IOException {
        Files.writeString(guide, "Plan A of the gym costs 5 euros.\n\n" + "Words. ".repeat(40) + "\n\nPlan B costs 7 euros there.");
        model.answers(question -> question.contains("Judge whether") ? "{\"reason\": \"Yes.\", \"score\": 70}"
                : """
                {"pairs": [{"question": "What does plan A of the gym cost?", "answer": "It costs 5 euros."},
                 {"question": "What does plan B of the gym cost?", "answer": "It costs 7 euros."},
                 {"question": "what does plan A of the gym cost", "answer": "It costs 5 euros"},
                 {"question": "So what does plan A of the gym cost?", "answer": "It costs 5 euros."},
                 {"question": "And?", "answer": ""}]}""");

        CommandRun run = generate(guide.toString());

        assertThat(lines(out)).extracting(line -> line.path("output").asText()).containsExactly("It costs 5 euros.", "It costs 7 euros.");
        assertThat(run.out()).contains("5 examples: 2 in ", "3 in ", ": 1 empty, 1 equal to an earlier one, 1 nearly equal to"
                + " an earlier one.");
    }

    @Test
    void aVerdictThatCannotBeReadIsNoScore() throws IOException {
        model.answers(question -> question.contains("Judge whether") || question.contains("form that was asked for")
                ? "Nine out of ten!" : answer(question));

        CommandRun run = generate(guide.toString());

        assertThat(Files.readAllLines(out)).isEmpty();
        assertThat(lines(folder.resolve("made.rejects.jsonl"))).hasSize(3).allSatisfy(line -> {
            assertThat(line.has("score")).isFalse();
            assertThat(line.path("reason").asText()).contains("'writer' answers in another form", "Nine out of ten!");
        });
        assertThat(run.out()).contains("3 with an unreadable verdict");
    }

    @Test
    void passagesOfAModelThatWritesNonsenseAreRejectedAndTheOthersGoOn() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 7; i++) {
            text.append("# Chapter ").append(i).append("\nThis is what chapter ").append(i).append(" says.\n");
        }
        Files.writeString(guide, text);
        model.answers(question -> "The pet of Felix is a cat.");

        CommandRun run = generate(guide.toString());

        assertThat(run.status()).isZero();
        assertThat(lines(folder.resolve("made.rejects.jsonl"))).hasSize(7).allSatisfy(line -> {
            assertThat(line.path("source").asText()).isEqualTo(guide.toString());
            assertThat(line.path("heading").asText()).startsWith("Chapter ");
            assertThat(line.path("reason").asText())
                    .isEqualTo("'writer' answers in another form than was asked for: 'The pet of Felix is a cat.'");
        });
        assertThat(run.out()).contains("7 passages: 7 done.", "7 examples: 0 in " + out + "; 7 in ", ": 7 without a"
                + " readable answer.");

        model.asked().clear();
        assertThat(generate(guide.toString()).status()).isZero();
        assertThat(model.asked()).isEmpty();
    }

    @Test
    void withoutAJudgeAllIsKept() throws IOException {
        assertThat(generate(guide.toString(), "--judge", "none").status()).isZero();
        assertThat(lines(out)).hasSize(3);
        assertThat(model.asked()).noneMatch(question -> question.contains("Judge whether"));
    }

    @Test
    void aModelThatIsAwayEndsTheCommandSoon() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            text.append("# Chapter ").append(i).append("\nThis is what chapter ").append(i).append(" says.\n");
        }
        Files.writeString(guide, text);
        model.answers(question -> FakeModel.FAILS);

        CommandRun run = generate(guide.toString(), "--parallel", "1");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains(
                "5 passages in a row failed, so this call stops here; the next call continues.", "20 passages: 0 done, 5"
                        + " failed, 15 not begun.");

        model.asked().clear();
        generate(guide.toString(), "--parallel", "1");
        assertThat(model.asked().get(0)).as("what has not failed yet comes first").contains("chapter 5 says");
    }

    @Test
    void foldersAndPatternsAreSearchedAndOneBadDocumentCostsItselfAlone() throws IOException {
        Path docs = Files.createDirectories(folder.resolve("docs/deep"));
        Files.writeString(docs.resolve("a.txt"), "The bakery opens at seven on weekdays.");
        Files.write(docs.resolve("b.txt"), new byte[] {'a', (byte) 0xff});
        Files.writeString(docs.resolve("c.docx"), "no");

        CommandRun run = generate(folder.resolve("docs").toString());
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains(
                docs.resolve("b.txt") + " cannot be read: it is not UTF-8. Save it in that encoding.",
                "1 file of another kind left out.", "1 passage: 1 done.");

        assertThat(generate(folder.resolve("docs") + "/**.txt").out()).contains("1 passage: 0 done, 1 by an earlier call.");
    }

    @Test
    void whatCannotBeUsedIsRefusedInOneSentence() throws IOException {
        assertThat(generate().err()).isEqualTo("Name documents (files, folders, patterns in quotes), or --seeds FILE, or --improve FILE.\n");
        assertThat(generate("nowhere.md").err()).isEqualTo("There is no document 'nowhere.md'.\n");
        Path word = Files.writeString(folder.resolve("a.docx"), "x");
        assertThat(generate(word.toString()).err()).startsWith(word + " is not text, Markdown or PDF (.txt, ");
        assertThat(generate(guide.toString(), "--pairs", "0").err()).isEqualTo("--pairs is 0; it must be from 1 to 50.\n");
        assertThat(generate(guide.toString(), "--judge", "metric:bleu").err()).startsWith("--judge is 'metric:bleu'; it is [SERVER:]MODEL");
        assertThat(generate(guide.toString(), "--min-score", "101").err()).isEqualTo("--min-score is 101; it must be from 0 to 100.\n");
        Files.writeString(out, "{}\n");
        assertThat(generate(guide.toString()).err())
                .isEqualTo(out + " already exists and was not written by this command; name another file with --out.\n");
        assertThat(Files.readString(out)).isEqualTo("{}\n");
        assertThat(model.asked()).isEmpty();
    }
}
