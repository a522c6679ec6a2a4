package dev.apprentice.service.http;

import dev.apprentice.contracts.Causes;
import io.quarkiverse.resteasy.problem.DefaultExceptionMapper;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Maps a failure due to a full disk to a 507 that says so; otherwise it would be a 500 without a reason. */
public class DiskProblems {

    private static final Logger LOG = Logger.getLogger(DiskProblems.class);
    private static final int PRIORITY = 1;
    private static final int INSUFFICIENT_STORAGE = 507;
    /** Matches the operating systems' messages, which Java passes on: those of Linux and macOS, of a quota, and of Windows. */
    private static final String FULL = "(?s).*(No space left on device|[Qq]uota exceeded|not enough space on the disk).*";

    @ServerExceptionMapper(priority = PRIORITY)
    public Response notKept(IOException e) {
        return answer(e);
    }

    @ServerExceptionMapper(priority = PRIORITY)
    public Response notKept(UncheckedIOException e) {
        return answer(e);
    }

    /** Answers a full disk with 507, and leaves any other failure to the default mapper. */
    private static Response answer(Exception e) {
        if (Causes.of(e).flatMap(cause -> Stream.ofNullable(cause.getMessage())).noneMatch(words -> words.matches(FULL))) {
            return new DefaultExceptionMapper().toResponse(e);
        }
        LOG.warnf("a request is refused: %s", e.getMessage());
        return HttpProblem.builder()
                .withStatus(INSUFFICIENT_STORAGE)
                .withTitle("Disk full")
                .withDetail("The disk of this service's data is full, so nothing was kept; free some space or enlarge the disk, and try"
                        + " again.")
                .build()
                .toResponse();
    }
}
