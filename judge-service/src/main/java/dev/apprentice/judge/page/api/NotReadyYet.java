package dev.apprentice.judge.page.api;

import dev.apprentice.judge.responses.ResponsesNotReadyException;
import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/** Answers 503 with {@code Retry-After} while the responses are still being read in. */
@Provider
public class NotReadyYet extends ExceptionMapperBase<ResponsesNotReadyException> {

    private static final int RETRY_AFTER_SECONDS = 2;

    @Override
    protected HttpProblem toProblem(ResponsesNotReadyException e) {
        return HttpProblem.builder()
                .withStatus(503)
                .withTitle("Still reading")
                .withDetail(e.getMessage())
                .withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .build();
    }
}
