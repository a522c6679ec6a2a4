package dev.apprentice.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

class DiskProblemsTest {

    private final DiskProblems problems = new DiskProblems();

    @Test
    void aDiskThatIsFullIsSaidWithoutItsPath() {
        FileSystemException full = new FileSystemException("/data/secret/part", null, "No space left on device");

        for (Response answer : new Response[] {problems.notKept(full), problems.notKept(new UncheckedIOException(full)),
                problems.notKept(new IOException("cannot be written", full))}) {
            assertThat(answer.getStatus()).isEqualTo(507);
            assertThat(((HttpProblem) answer.getEntity()).getDetail())
                    .isEqualTo("The disk of this service's data is full, so nothing was kept; free some space or enlarge the disk, and try"
                            + " again.");
        }
    }

    @Test
    void anotherFailureOfFilesIsAnErrorAsBefore() {
        assertThat(problems.notKept(new IOException("broken pipe")).getStatus()).isEqualTo(500);
        assertThat(problems.notKept(new IOException()).getStatus()).isEqualTo(500);
    }
}
