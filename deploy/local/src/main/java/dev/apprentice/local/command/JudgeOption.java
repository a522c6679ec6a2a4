package dev.apprentice.local.command;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Who grades a run's test answers. */
final class JudgeOption {

    @Option(
            names = "--judge",
            paramLabel = "JUDGE",
            description = "Who grades the test answers: [SERVER:]MODEL[@RUBRIC], such as llama3 or openai:qwen3@five-point;"
                    + " several separated by commas.")
    private Optional<String> judge;

    /** Empty where judge-service's own settings decide. */
    Optional<String> given() {
        return judge;
    }
}
