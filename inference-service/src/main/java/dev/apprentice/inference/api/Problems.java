package dev.apprentice.inference.api;

import dev.apprentice.inference.models.CheckpointUnavailableException;
import dev.apprentice.inference.models.PromptTooLongException;
import dev.apprentice.inference.models.TooManyQuestionsException;
import dev.apprentice.inference.serving.NoCheckpointException;
import dev.apprentice.inference.serving.UnknownCheckpointException;
import dev.apprentice.model.DeviceMemoryException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Error responses of the HTTP API, as RFC 9457 problem details. */
class Problems {

    private static final int UNPROCESSABLE = 422;
    private static final int RETRY_AFTER_SECONDS = 5;

    static HttpProblem badRequest(String detail) {
        return of(400, "Bad request", detail).build();
    }

    static HttpProblem notFound(String detail) {
        return of(404, "Not found", detail).build();
    }

    @ServerExceptionMapper
    Response of(UnknownCheckpointException e) {
        return notFound(e.getMessage()).toResponse();
    }

    @ServerExceptionMapper
    Response of(NoCheckpointException e) {
        return of(409, "No checkpoint yet", e.getMessage()).build().toResponse();
    }

    @ServerExceptionMapper
    Response of(PromptTooLongException e) {
        return of(UNPROCESSABLE, "Prompt too long", e.getMessage()).build().toResponse();
    }

    @ServerExceptionMapper
    Response of(TooManyQuestionsException e) {
        return later("Too many questions", e.getMessage());
    }

    @ServerExceptionMapper
    Response of(CheckpointUnavailableException e) {
        return later("Checkpoint unavailable", e.getMessage());
    }

    @ServerExceptionMapper
    Response of(DeviceMemoryException e) {
        return later("Out of memory", e.getMessage());
    }

    private static Response later(String title, String detail) {
        return of(503, title, detail)
                .withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .build()
                .toResponse();
    }

    private static HttpProblem.Builder of(int status, String title, String detail) {
        return HttpProblem.builder().withStatus(status).withTitle(title).withDetail(detail);
    }
}
