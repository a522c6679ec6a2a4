package dev.apprentice.dataset.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.contracts.event.Turn;
import dev.apprentice.contracts.run.DataReadingBuilder;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.reading.ReadSettings;
import dev.apprentice.dataset.datasets.reading.outcome.InvalidDatasetException;
import dev.apprentice.dataset.datasets.reading.outcome.Violation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that questions and answers are made from the exports of help desks, chats and web pages. */
class ConvertersTest {

    @TempDir
    Path scratch;

    @Test
    void readsTheHeadingsOfAPageInMarkdown() throws IOException {
        Taken taken = Taken.of("faq.md", """
                # Help

                Welcome.

                ## Billing
                ### How do I pay?
                By card.

                ```sh
                # no heading
                pay
                ```
                ### Can I cancel? ###
                Yes.
                ### And then?
                ## Where are you?
                In Ulm.
                """, scratch);
        assertThat(taken.said()).containsExactly(
                "How do I pay?||By card.\n\n```sh\n# no heading\npay\n```", "Can I cancel?||Yes.", "Where are you?||In Ulm.");
        assertThat(taken.rejects()).hasSize(1);
        assertThat(taken.rejects().get(0).violations().get(0)).satisfies(each -> {
            assertThat(each.line()).isEqualTo(15);
            assertThat(each.message()).isEqualTo("is blank");
        });
        assertThat(taken.reading().ignored().examples()).isEqualTo(Map.of("chapter headings", 2));
    }

    @Test
    void readsUnderlinedHeadingsOfAMarkdownPageAndLeavesItsDescriptionsAndRulesAlone() throws IOException {
        Taken taken = Taken.of("faq.md", """
                ---
                title: no question
                ---
                Help
                ====

                How do I pay?
                -------------
                By card.
                Slowly.
                ---

                - cash
                ---
                ```

                no heading
                ---
                ```

                Can I cancel?
                ---
                Yes.
                """, scratch);
        assertThat(taken.said()).containsExactly("How do I pay?||By card.\nSlowly.\n---\n\n- cash\n---\n```\n\nno heading\n---\n```", "Can I cancel?||Yes.");
        assertThat(taken.reading().ignored().examples()).isEqualTo(Map.of("chapter headings", 1));
    }

    @Test
    void readsAPageThatBeginsWithARuleAndLeavesOutMetadataAlone() throws IOException {
        String page = "---\n\n# How?\nSo: yes.\n\n---\n\n# Why?\nBecause.\n";
        assertThat(Taken.of("faq.md", page, scratch).said()).containsExactly("How?||So: yes.\n\n---", "Why?||Because.");
        assertThat(Taken.of("faq.md", "---\ntitle: never ends\n# How?\nSo.\n", scratch).said()).containsExactly("How?||So.");
        for (String end : List.of("---", "...")) {
            Taken taken = Taken.of("faq.md", "\ufeff---\r\n# a comment\r\ntitle: none\r\n" + end + "\r\n# How?\r\nSo.\r\n# Why?\r\n", scratch);
            assertThat(taken.said()).containsExactly("How?||So.");
            assertThat(taken.rejects().get(0).violations().get(0).line()).isEqualTo(7);
        }
        assertThat(Taken.of("faq.md", "\ufeff# How?\nSo.\n", scratch).said()).containsExactly("How?||So.");
    }

    @Test
    void aBlockOfCodeEndsWithItsOwnFenceAlone() throws IOException {
        assertThat(Taken.of("faq.md", """
                # How?
                ```pay``` is a command.
                # Why?
                ~~~
                ```
                # none
                ~~~
                # Who?
                ````md
                ```
                # none
                ```` no end
                # none
                `````

                ---
                Me.
                """, scratch).said()).containsExactly(
                "How?||```pay``` is a command.",
                "Why?||~~~\n```\n# none\n~~~",
                "Who?||````md\n```\n# none\n```` no end\n# none\n`````\n\n---\nMe.");
        assertThat(Taken.of("faq.md", "# How?\n```\nx\n\n```\n---\n# Why?\nSo.\n", scratch).said())
                .containsExactly("How?||```\nx\n\n```\n---", "Why?||So.");
    }

    @Test
    void keepsTheMarksThatBelongToAHeading() throws IOException {
        assertThat(Taken.of("faq.md", "# What is C#\nA language.\n# And F# ##\nOne, too.\n# #\nNo question.\n", scratch).said())
                .containsExactly("What is C#||A language.", "And F#||One, too.");
    }

    @Test
    void refusesAPageThatIsNotUtf8AndOneThatWouldFillTheMemory() {
        Map<String, String> pages = Map.of("faq.md", "# How?\nSo, M\u00fcller.\n", "faq.html", "<title>M\u00fcller</title>");
        pages.forEach((name, page) -> assertThatThrownBy(() -> Taken.of(name, page.getBytes(StandardCharsets.ISO_8859_1), ReadSettings.USUAL, scratch))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining("is not UTF-8: it has the byte 0xfc at offset " + page.indexOf('\u00fc') + "; save it as UTF-8"));
        assertThatThrownBy(() -> Taken.of("faq.md", "# How?\n" + "x".repeat(16_777_217), scratch))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining("is a page with 16,777,217 bytes in line 2; the limit is 16,777,216");
        assertThatThrownBy(() -> Taken.of("faq.md", ("x".repeat(1_048_575) + "\n").repeat(17), scratch))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining("is a page with more than 16,777,216 characters before line 18 without a heading");
    }

    @Test
    void readsTheFaqPageOfAWebPage() throws IOException {
        String json = """
                {"@context": "https://schema.org", "@type": "FAQPage", "mainEntity": [
                  {"@type": "Question", "name": "How do I pay?",
                   "acceptedAnswer": {"@type": "Answer", "text": "<p>By <b>card</b> &amp; cash:</p><ul><li>Visa</li><li>Euro</li></ul>"}},
                  {"@type": "Question", "name": "Can I cancel?", "acceptedAnswer": [{"@type": "Answer", "text": "Yes."}]}]}
                """;
        String html = "<!doctype html><html><head><script type=\"application/ld+json\">" + json + "</script></head></html>";
        assertThat(Taken.of("", html, scratch).said())
                .isEqualTo(Taken.of("", json, scratch).said())
                .isEqualTo(Taken.of("", json.replace("\n", "") + "\n", scratch).said())
                .containsExactly("How do I pay?||By card & cash:\n- Visa\n- Euro", "Can I cancel?||Yes.");
    }

    @Test
    void saysThatAWebPageHasNoQuestions() {
        assertThatThrownBy(() -> Taken.of("", "<html><body>Hi</body></html>", scratch))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageStartingWith("The data is a web page without a FAQPage of schema.org as JSON-LD; send its questions");
    }

    @Test
    void putsTheMessagesOfTicketsTogetherInTheirOrder() throws IOException {
        Taken taken = Taken.of("tickets.csv", """
                ticket_id,author_role,message,created_at
                7,agent,Restart it.,2024-01-02T10:05:00Z
                8,customer,No sound.,2024-01-03T08:00:00Z
                7,customer,It is stuck.,2024-01-02T10:00:00Z
                7,customer,Thanks!,2024-01-02T10:09:00Z
                9,customer,Anyone?,2024-01-04T08:00:00Z
                8,agent,Turn it up.,2024-01-03T08:01:00Z
                8,customer,Still none.,2024-01-03T08:02:00Z
                8,agent,Plug it in.,2024-01-03T08:03:00Z
                """, scratch);
        assertThat(taken.examples()).extracting(Example::id).containsExactly("7", "8");
        assertThat(taken.said()).containsExactly("It is stuck.||Restart it.", "Still none.||Plug it in.");
        assertThat(taken.examples().get(1).turns()).containsExactly(
                new Turn("user", "No sound."), new Turn("assistant", "Turn it up."), new Turn("user", "Still none."));
        assertThat(taken.rejects()).hasSize(1);
        assertThat(taken.rejects().get(0).violations().get(0).message()).isEqualTo("has no answer of an assistant to learn");
        assertThat(taken.reading().ignored().examples()).isEqualTo(Map.of("messages: turns after the last answer", 1));
    }

    @Test
    void readsTicketsAsHelpDesksNameTheirColumnsAndTellsWhatElseTheySay() throws IOException {
        Taken taken = Taken.of("tickets.csv", """
                Ticket ID,Author Role,Comment,Created At,Subject
                7,Agent,Restart it.,1704189900,Stuck
                7,End-user,It is stuck.,999999999,Stuck
                """, scratch);
        assertThat(taken.said()).containsExactly("It is stuck.||Restart it.");
        assertThat(taken.reading().ignored().examples()).isEqualTo(Map.of("Subject", 1));
    }

    @Test
    void keepsTheOrderOfRowsWhereATimeOfTheThreadIsNotUnderstood() throws IOException {
        Taken taken = Taken.of("tickets.csv", """
                ticket_id,role,text,time
                1,user,a,9:05
                1,agent,b,10:05
                2,user,c,1/2/2024 9:05
                2,agent,d,2024-01-02 09:06
                3,agent,f,2024-01-02T10:00:00+02:00
                3,user,e,2024-01-02 07:59:59.5 UTC
                """, scratch);
        assertThat(taken.said()).containsExactly("a||b", "c||d", "e||f");
    }

    @Test
    void readsMessagesWhoseFieldsAreMapped() throws IOException {
        ReadSettings settings = ReadSettings.of(DataReadingBuilder.builder()
                .fields(List.of("thread_id=case", "role=who", "text=says", "created_at=day", "category=kind")).build(), Optional.empty(), 1);
        Taken taken = Taken.of("cases.csv", "case,who,says,day,kind\n1,agent,Hi,2024-01-02,sale\n1,user,Hello?,2024-01-01,sale\n"
                .getBytes(StandardCharsets.UTF_8), settings, scratch);
        assertThat(taken.said()).containsExactly("Hello?||Hi");
        assertThat(taken.examples().get(0).category()).contains("sale");
        assertThat(taken.reading().omissions().absent()).isEmpty();
    }

    @Test
    void readsTheThreadsOfASlackExport() throws IOException {
        byte[] zip = DataFilesTest.zip(Map.of(
                "export/users.json", "[{\"id\": \"U1\", \"name\": \"ann\", \"profile\": {\"display_name\": \"Ann\"}},"
                        + "{\"id\": \"U2\", \"name\": \"bob\", \"profile\": {\"display_name\": \"\", \"real_name\": \"Bob B.\"}}]",
                "export/channels.json", "[{\"id\": \"C1\", \"name\": \"help\"}]",
                "export/help/2024-01-02.json", "[{\"type\": \"message\", \"subtype\": \"channel_join\", \"user\": \"U1\", \"ts\": \"1\","
                        + " \"text\": \"joined\"}, {\"type\": \"message\", \"user\": \"U1\", \"ts\": \"2\", \"thread_ts\": \"2\","
                        + " \"text\": \"<@U2> how do I *log in* to <https://x.org|the site>?\"},"
                        + "{\"type\": \"message\", \"user\": \"U1\", \"ts\": \"3\", \"text\": \"Lunch!\"}]",
                "export/help/2024-01-03.json", "[{\"type\": \"message\", \"user\": \"U2\", \"ts\": \"4\", \"thread_ts\": \"2\","
                        + " \"text\": \"Run `a *b* c` &amp; ask <#C1|help>.\"}]"));
        Taken taken = Taken.of("slack.zip", zip, ReadSettings.USUAL, scratch);
        assertThat(taken.said()).containsExactly("@Bob B. how do I log in to the site?||Run `a *b* c` & ask #help.");
        assertThat(taken.reading().ignored().examples()).isEqualTo(Map.of("messages of Slack and of bots", 1, "threads without an answer", 1));
    }

    @Test
    void ofASlackExportProgramsAreNotAnswersAndSharedFilesKeepTheirText() throws IOException {
        Taken taken = slack(Map.of(
                "users.json", "[{\"id\": \"U1\"}, {\"id\": \"U2\"}, {\"id\": \"U3\", \"is_bot\": true}, {\"id\": \"USLACKBOT\"}]",
                "channels.json", "[]",
                "help/2024-01-02.json", """
                        [{"type": "message", "user": "U1", "ts": "1", "thread_ts": "1", "subtype": "file_share", "text": "What is this?",
                          "files": [{"name": "error.png"}]},
                         {"type": "message", "user": "U3", "bot_id": "B1", "ts": "2", "thread_ts": "1", "text": "A ticket was made."},
                         {"type": "message", "bot_id": "B2", "ts": "3", "thread_ts": "1", "text": "Seen."},
                         {"type": "message", "user": "U2", "bot_id": "B3", "ts": "4", "thread_ts": "1", "text": "A full disk."},
                         {"type": "message", "user": "USLACKBOT", "ts": "5", "thread_ts": "1", "text": "Be kind."},
                         {"type": "message", "user": "U2", "ts": "6", "thread_ts": "1", "subtype": "me_message", "text": "waves"}]"""));
        assertThat(taken.said()).containsExactly("What is this?||A full disk.\n\nwaves");
        assertThat(taken.reading().ignored().examples())
                .isEqualTo(Map.of("messages of Slack and of bots", 3, "files attached to messages", 1));
    }

    @Test
    void aDayOfASlackExportThatIsBrokenCostsThatDay() throws IOException {
        Map<String, String> files = new HashMap<>(Map.of(
                "users.json", "[{\"id\": \"U1\", \"name\": \"ann\"}, {\"id\": \"U2\", \"name\": \"bob\"}]",
                "channels.json", "[]",
                "help/2024-01-02.json", thread("2", "<@U2> which way?", "Left."),
                "help/2024-01-03.json", "[{\"type\": \"message\",\n \"user\": \"U1\", \"ts",
                "help/2024-01-04.json", thread("9", "And then?", "Right."),
                "help/2024-01-05.json", "{\"error\": \"not_authed\"}"));
        Taken taken = slack(files);
        assertThat(taken.said()).containsExactly("@bob which way?||Left.", "And then?||Right.");
        assertThat(taken.rejects().stream().flatMap(each -> each.violations().stream())).containsExactly(
                new Violation(Optional.of("help/2024-01-03.json"), 0, 2, Optional.empty(), Optional.empty(),
                        "is not JSON at line 2; export it again"),
                new Violation(Optional.of("help/2024-01-05.json"), 0, 0, Optional.empty(), Optional.empty(),
                        "is no list, as Slack exports are; export it again"));
        assertThat(taken.reading().accepted() + taken.reading().rejected()).isEqualTo(4);
        byte[] zip = DataFilesTest.zip(files);
        ReadSettings strict = ReadSettings.of(DataReadingBuilder.builder().strict(true).build(), Optional.empty(), 1);
        assertThatThrownBy(() -> Taken.of("slack.zip", zip, strict, scratch)).hasMessage("2 of 4 entries cannot be used; nothing was stored.");
    }

    @Test
    void withoutTheUsersOfASlackExportThoseWhoAreMentionedGoByTheirIds() throws IOException {
        Map<String, String> files = new HashMap<>(Map.of(
                "users.json", "[{\"id\": \"U1\", ", "channels.json", "[]", "help/2024-01-02.json", thread("2", "<@U2> which way?", "Left.")));
        Taken broken = slack(files);
        assertThat(broken.said()).containsExactly("@U2 which way?||Left.");
        assertThat(broken.rejects().get(0).violations().get(0).file()).contains("users.json");
        files.remove("users.json");
        Taken missing = slack(files);
        assertThat(missing.said()).containsExactly("@U2 which way?||Left.");
        assertThat(missing.rejects()).isEmpty();
    }

    private Taken slack(Map<String, String> files) throws IOException {
        return Taken.of("slack.zip", DataFilesTest.zip(files), ReadSettings.USUAL, scratch);
    }

    private static String thread(String ts, String question, String answer) {
        return "[{\"type\": \"message\", \"user\": \"U1\", \"ts\": \"" + ts + "\", \"thread_ts\": \"" + ts + "\", \"text\": \"" + question
                + "\"}, {\"type\": \"message\", \"user\": \"U2\", \"ts\": \"" + ts + ".1\", \"thread_ts\": \"" + ts + "\", \"text\": \"" + answer
                + "\"}]";
    }
}
