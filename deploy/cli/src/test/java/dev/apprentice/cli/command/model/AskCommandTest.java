package dev.apprentice.cli.command.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.cli.CommandRun;
import dev.apprentice.cli.client.FakeService;
import dev.apprentice.local.system.Member;
import dev.apprentice.local.system.RunningSystem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AskCommandTest {

    @TempDir Path home;

    @Test
    void askSaysWhichCheckpointAnswersAndWritesTheAnswerAloneAsItComes() throws IOException {
        try (FakeService inference = new FakeService().answers("POST /ask", 200, """
                event: model
                data: {"run": "r", "step": 188}

                event: text
                data: {"text": "A kangaroo is"}

                event: text
                data: {"text": " called a joey."}

                event: answer
                data: {"run": "r", "step": 188, "response": "A kangaroo is called a joey."}

                """)) {
            RunningSystem.pretend(home, inference.as(Member.INFERENCE_SERVICE));

            CommandRun run = CommandRun.of(home, "ask", "What?", "--temperature", "0.5", "--seed", "3");

            assertThat(run.out()).isEqualTo("A kangaroo is called a joey." + System.lineSeparator());
            assertThat(run.err()).isEqualTo("r, step 188:" + System.lineSeparator());
            assertThat(run.status()).isZero();
            assertThat(inference.asked().get(0).body())
                    .isEqualTo("{\"instruction\":\"What?\",\"temperature\":0.5,\"seed\":3,\"stream\":true}");
        }
    }

    @Test
    void askReadsWhatIsAskedFromStandardInput() throws IOException {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("What is \u6570?\n".getBytes(StandardCharsets.UTF_8)));
        try (FakeService inference = new FakeService().answers("POST /ask", 503, "{\"title\": \"No\", \"detail\": \"later\"}")) {
            RunningSystem.pretend(home, inference.as(Member.INFERENCE_SERVICE));

            CommandRun asked = CommandRun.of(home, "ask", "-");
            CommandRun empty = CommandRun.of(home, "ask", "Why?", "--input", "-");
            CommandRun twice = CommandRun.of(home, "ask", "-", "--input", "-");

            assertThat(inference.asked()).singleElement().satisfies(question ->
                    assertThat(question.body()).contains("\"instruction\":\"What is \u6570?\""));
            assertThat(asked.status()).isEqualTo(1);
            assertThat(asked.err()).contains("inference-service says: No: later");
            assertThat(empty.err()).contains("Standard input is empty; pipe the text in");
            assertThat(twice.err()).contains("Standard input can be the instruction or the input, not both");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void askSaysThatAnAnswerBrokeOff() throws IOException {
        try (FakeService inference = new FakeService().answers("POST /ask", 200, """
                event: model
                data: {"run": "r", "step": 188}

                event: text
                data: {"text": "A kangaroo is"}

                """)) {
            RunningSystem.pretend(home, inference.as(Member.INFERENCE_SERVICE));

            CommandRun run = CommandRun.of(home, "ask", "What?");

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).contains("The answer was cut off: inference-service closed the connection");
        }
    }
}
