package dev.apprentice.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.Checkpoint;
import dev.apprentice.contracts.Progress.Phase;
import dev.apprentice.local.client.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsCommandTest {

    @TempDir Path folder;

    @Test
    void namesTheCheckpointsThatAreThereAndNoneThatWasRemoved() throws IOException {
        there(0, 4, 8);

        assertThat(line(0, 4, 8)).endsWith(" completed     ; checkpoints 0, 4, 8");
        Files.delete(folder.resolve("4"));
        assertThat(line(0, 4, 8)).endsWith("; checkpoints 0, 8, others were removed");
        Files.delete(folder.resolve("0"));
        Files.delete(folder.resolve("8"));
        assertThat(line(0, 4, 8)).endsWith("; its checkpoints were removed");
        assertThat(line()).endsWith(" completed");
    }

    @Test
    void shortensManyCheckpoints() throws IOException {
        int[] steps = IntStream.range(0, 100).toArray();
        there(steps);

        assertThat(line(steps)).endsWith("; checkpoints 0, 1, … 99 (100 in all)");
    }

    private void there(int... steps) throws IOException {
        for (int step : steps) {
            Files.createDirectory(folder.resolve(Integer.toString(step)));
        }
    }

    private String line(int... steps) {
        List<Checkpoint> checkpoints = Arrays.stream(steps)
                .mapToObj(step -> new Checkpoint("r", step, 1, false, folder.resolve(Integer.toString(step)).toUri().toString(),
                        "sha256:0", Optional.empty(), Optional.empty(), 0, 0, "alpaca", Instant.EPOCH))
                .toList();
        return RunsCommand.line(new RunStatus("r", Phase.COMPLETED, Instant.EPOCH, Optional.empty(), checkpoints, null));
    }
}
