package dev.apprentice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.cli.CommandRun;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --help} writes. */
class HelpTest {

    @TempDir
    Path home;

    /** Words as the help's source has them, which a line of 80 characters would break at a colon, a full stop or a bracket. */
    @ParameterizedTest
    @ValueSource(strings = {
        "tune | hf:organisation/name[@revision],", "tune | [--lora-targets=PATTERN[,PATTERN...]]...", "tune | openai:qwen3@five-point;",
        "tune | [SERVER:]MODEL[@RUBRIC],", "generate-data | http://localhost:11434).", "generate-data | ('docs/**.md').",
        "generate-data | NAME.progress.jsonl.", "inspect | .yaml", "merge | RUN[@STEP]|FOLDER|s3://…", "ask | [--run=RUN[@STEP]]",
        "stream | [--labels=LABEL[,LABEL...]]...]", "benchmark train | hf:organisation/name[@revision]."})
    void wordsStandOnOneLine(String commandAndWord) {
        String[] parts = commandAndWord.split(" \\| ", 2);
        assertThat(words(parts[0]).toList()).contains(parts[1]);
    }

    private Stream<String> words(String command) {
        return Stream.of(help(command).split("\\s+"));
    }

    private String help(String command) {
        CommandRun run = CommandRun.of(home, Stream.concat(Arrays.stream(command.split(" ")), Stream.of("--help")).toArray(String[]::new));
        assertThat(run.status()).isZero();
        return run.out();
    }

    static List<String> commands() {
        return List.of("up", "logs", "tune", "templates try", "generate-data", "stream", "inspect", "datasets", "resume", "report",
                "merge", "export", "ask", "dead-letters replay", "demo", "benchmark train", "completion");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void linesFitATerminal(String command) {
        assertThat(help(command).lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(help(command)).startsWith("Usage: apprentice " + command + " ").contains("\n      --home=DIR ", "  -h, --help");
    }
}
