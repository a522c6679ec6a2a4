package dev.apprentice.cli.command.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.cli.CommandRun;
import dev.apprentice.cli.client.FakeService;
import dev.apprentice.local.system.Member;
import dev.apprentice.local.system.Ports;
import dev.apprentice.local.system.RunningSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandsTest {

    private static final String KNOWN = "{\"name\": \"songs\", \"version\": 2, \"examples\": 3, \"duplicates\": 0, \"source\": \"upload\","
            + " \"updatedAt\": \"2026-01-02T03:04:05.678Z\", \"lineage\": \"sha256:00\"}";

    private static final String LENGTHS = "{\"unit\": \"characters\", \"shortest\": 1, \"median\": 1, \"ninetyFifth\": 1, \"longest\": 1,"
            + " \"tooLong\": 0, \"leftOut\": 0}";

    @TempDir Path home;
    @TempDir Path folder;

    private FakeService service;

    @BeforeEach
    void start() throws IOException {
        service = new FakeService();
        RunningSystem.pretend(home, Ports.defaults().with(Map.of(Member.DATASET_SERVICE, service.port())));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void datasetsAreListedShownAndDeleted() {
        service.answers("GET /datasets", 200, "[" + KNOWN + "]");
        service.answers("GET /datasets/songs", 200, KNOWN);
        service.answers("DELETE /datasets/songs", 200, KNOWN);

        assertThat(CommandRun.of(home, "datasets", "list").out().lines()).containsExactly(
                "DATASET  VERSION  EXAMPLES  CHANGED               FROM",
                "songs    2        3         2026-01-02T03:04:05Z  upload");
        assertThat(CommandRun.of(home, "datasets", "show", "songs").out().lines()).containsExactly(
                "Dataset songs has 3 examples.", "Version 2 of 2026-01-02T03:04:05Z, from upload.",
                "Digest of content and reading settings: sha256:00");
        assertThat(CommandRun.of(home, "datasets", "delete", "songs").out().strip())
                .isEqualTo("Dataset songs with 3 examples is deleted; runs that have already started keep their data.");
        assertThat(CommandRun.of(home, "datasets").err()).contains("Name a subcommand: list, show, rejects or delete.");
        service.answers("GET /datasets", 200, "[]");
        assertThat(CommandRun.of(home, "datasets", "list").out().strip())
                .isEqualTo("There are no datasets yet; `apprentice tune` makes one.");
    }

    @Test
    void aDatasetThatThereIsNotIsSaidWithTheCommandThatListsThem() {
        String unknown = "{\"title\": \"Unknown dataset\", \"detail\": \"GET /datasets lists them\"}";
        for (String call : List.of("GET /datasets/none", "GET /datasets/none/rejects", "DELETE /datasets/none")) {
            service.answers(call, 404, unknown);
        }

        for (String command : List.of("show", "rejects", "delete")) {
            CommandRun run = CommandRun.of(home, "datasets", command, "none");
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err().strip())
                    .isEqualTo("There is no dataset 'none'; `apprentice datasets list` shows those there are.");
        }
    }

    @Test
    void whatWasLeftOutOfADatasetIsShownWithItsPlaceAndReason() {
        service.answers("GET /datasets/songs", 200, KNOWN.replace("\"examples\"", "\"rejected\": 2, \"examples\""));
        service.answers("GET /datasets/songs/rejects", 200, "{\"violations\": [{\"file\": \"songs.jsonl\", \"entry\": 1, \"line\": 2,"
                + " \"field\": \"output\", \"message\": \"is blank\"}], \"content\": \"{\\n}\"}\n"
                + "{\"violations\": [{\"entry\": 4, \"line\": 0, \"message\": \"is text\"}], \"content\": \"x\"}\n");

        assertThat(CommandRun.of(home, "datasets", "show", "songs").out())
                .contains("2 entries cannot be used and were left out; `apprentice datasets rejects songs` says why.");
        assertThat(CommandRun.of(home, "datasets", "rejects", "songs").out().lines()).containsExactly(
                "songs.jsonl, line 2, entry [1]: 'output' is blank", "    { }", "entry [4]: is text", "    x");
    }

    @Test
    void inspectSaysWhatIsWrongAndWhere() throws IOException {
        Path file = Files.writeString(folder.resolve("songs.jsonl"), "{}\n");
        service.answers("POST /inspections?file=songs.jsonl&turns=last", 200, "{\"entries\": 4, \"examples\": 3,"
                + " \"layouts\": {\"Alpaca\": 3}, \"ignoredFields\": {\"topic\": 1},"
                + " \"problems\": [{\"what\": \"'output' is blank\", \"count\": 1,"
                + " \"places\": [{\"entry\": 1, \"line\": 2, \"beginning\": \"{ }\"}]}],"
                + " \"lengths\": {\"unit\": \"tokens\", \"shortest\": 1, \"median\": 2, \"ninetyFifth\": 9, \"longest\": 9,"
                + " \"limit\": 8, \"tooLong\": 3, \"leftOut\": 1, \"histogram\": [{\"from\": 0, \"to\": 4, \"count\": 2},"
                + " {\"from\": 5, \"to\": 9, \"count\": 1}]}, \"labels\": {\"La.\": 3},"
                + " \"languages\": {\"de\": 2, \"unknown\": 1}, \"tokens\": [{\"id\": 5, \"text\": \"Sing.\\n\", \"learned\": false},"
                + " {\"id\": 7, \"text\": \"La.\", \"learned\": true}]}");

        CommandRun run = CommandRun.of(home, "inspect", file.toString(), "--turns", "last");

        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines()).containsExactly(
                "4 entries, of which 3 can be used. Layouts: 3 Alpaca.",
                "Ignored fields: 'topic' in 1 example.",
                "Length in tokens: shortest 1, median 2, 95 % at most 9, longest 9. A row may have 8: 3 are longer, of which 2 are cut"
                        + " and 1 left out.",
                "  0-4  2  ########################################",
                "  5-9  1  ####################",
                "Answers:",
                "  La.  3  ########################################",
                "Languages, guessed for 3 examples: German 67 %, unknown 33 %.",
                "1 × 'output' is blank",
                "    line 2, entry [1]: { }",
                "The first example as the model reads it; in brackets is learned:",
                "Sing.",
                "[La.]",
                "Ids: 5 7");
        assertThat(service.asked().get(0).body()).isEqualTo("{}\n");
    }

    @Test
    void aTemplateIsTriedOnDataOfAnyFormatByTheReaderThatWillReadIt() throws IOException {
        Path file = Files.writeString(folder.resolve("songs.csv"), "song,label\nLa.,1\n");
        Path mine = Files.writeString(folder.resolve("mine.yaml"), "name: mine\ninstruction: Well?\noutput: '{{ label }}'\n");
        service.answers("POST /templates", 200, "{\"template\": \"sha256:ab\"}");
        service.answers("POST /inspections?file=songs.csv&field=text%3Dsong&template=sha256%3Aab&examples=2", 200, "{\"entries\": 3,"
                + " \"examples\": 1, \"layouts\": {}, \"problems\": [{\"what\": \"lacks the field 'label'\", \"count\": 2, \"places\":"
                + " [{\"entry\": 1, \"line\": 0, \"beginning\": \"{}\"}]}], \"lengths\": " + LENGTHS + ","
                + " \"sample\": [{\"instruction\": \"Well?\", \"input\": \"La.\", \"output\": \"1\"}]}");

        CommandRun run = CommandRun.of(home, "templates", "try", file.toString(), "--template", mine.toString(), "--field", "text=song",
                "--rows", "2");

        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines()).containsExactly("instruction: Well?", "input:       La.", "output:      1", "",
                "The template makes 1 example of 3 rows.", "2 × lacks the field 'label'", "    entry [1]: {}");
        assertThat(service.asked().get(0).body()).contains("\"text\":\"name: mine\\n");
    }

    @Test
    void aPromptStyleOfOnesOwnIsSentBeforeTheDataIsLookedInto() throws IOException {
        Path file = Files.writeString(folder.resolve("songs.jsonl"), "{}\n");
        Path mine = Files.writeString(folder.resolve("mine.jinja"), "{{ messages[0].content }}");
        service.answers("POST /templates", 200, "{\"template\": \"sha256:ab\"}");
        service.answers("POST /inspections?file=songs.jsonl&model=s3%3A%2F%2Fb%2Fm&promptTemplate=sha256%3Aab&promptStyle=mine.jinja", 200,
                "{\"entries\": 1, \"examples\": 1, \"layouts\": {\"Alpaca\": 1}, \"problems\": [], \"lengths\": " + LENGTHS
                        + ", \"omissions\": {\"absent\": [\"No entry has the field 'a'.\"]}}");

        CommandRun run = CommandRun.of(home, "inspect", file.toString(), "--model", "s3://b/m", "--prompt", mine.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("No entry has the field 'a'.");
        assertThat(service.asked().get(0).body()).isEqualTo("{\"prompt\":\"{{ messages[0].content }}\"}");
        Files.writeString(mine, "{{ messages");
        assertThat(CommandRun.of(home, "inspect", file.toString(), "--model", "s3://b/m", "--prompt", mine.toString()).err().strip())
                .isEqualTo("The prompt template " + mine + " cannot be used: line 1: a tag is not closed; it needs '}}'.");
    }

    @Test
    void whatWasLeftOutBecauseItWasAskedForIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("songs.jsonl"), "{}\n");
        service.answers("POST /inspections?file=songs.jsonl&field=output%3Da%2C+b&filter=length%28output%29+%3E+2&sample=0.5&mask=email%2Cip"
                .replace("+", "%20"), 200, "{\"entries\": 4, \"examples\": 1, \"layouts\": {\"Alpaca\": 1}, \"problems\": [],"
                + " \"lengths\": " + LENGTHS + ", \"firstAsRead\": \"### Instruction:\\nSing.\", \"omissions\": {\"rows\": {\"filter\": 2, \"sample\": 1},"
                + " \"masked\": {\"email\": 3}}}");

        CommandRun run = CommandRun.of(home, "inspect", file.toString(), "--filter", "length(output) > 2", "--sample", "0.5",
                "--mask", "email,ip", "--field", "output=a, b");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("The filter left out 2 rows. The sample left out 1 row. 3 × email replaced.")
                .endsWith("The first example in Alpaca style; --model and --prompt show another style and the tokens:\n"
                        + "### Instruction:\nSing.\n");
    }

    @Test
    void inspectHasAnAddressFetched() {
        service.answers("POST /inspections", 200, "{\"entries\": 1, \"examples\": 1, \"layouts\": {\"Alpaca\": 1}, \"ignoredFields\": {},"
                + " \"problems\": [], \"lengths\": {\"unit\": \"characters\", \"shortest\": 1, \"median\": 1, \"ninetyFifth\": 1,"
                + " \"longest\": 1, \"tooLong\": 0, \"leftOut\": 0}}");

        assertThat(CommandRun.of(home, "inspect", "hf:org/chats:test").err()).isEmpty();
        assertThat(service.asked().get(0).body()).isEqualTo("{\"url\":\"hf:org/chats:test\"}");
    }

    @Test
    void inspectSaysWhatItLacks() throws IOException {
        assertThat(CommandRun.of(home, "inspect", folder.resolve("none.json").toString()).err().strip())
                .isEqualTo("There is no file or folder " + folder.resolve("none.json") + "; FILE names the data.");
        Path file = Files.writeString(folder.resolve("songs.jsonl"), "{}\n");
        assertThat(CommandRun.of(home, "inspect", file.toString(), "--max-length", "8").err().strip())
                .isEqualTo("--prompt, --max-length, --overlong and --answer-only need --model, since lengths are in its tokens.");
    }
}
