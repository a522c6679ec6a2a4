package dev.apprentice.trainer.api;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.HttpHeaders;

/** Error responses of the HTTP API, as RFC 9457 problem details. */
final class Problems {

    private static final int UNPROCESSABLE = 422;
    private static final int RETRY_AFTER_SECONDS = 5;

    private Problems() {}

    static HttpProblem unknownRun(String run) {
        return problem(404, "Unknown run", "there is no run '" + run + "'; GET /runs lists all runs").build();
    }

    static HttpProblem nameTaken(String run) {
        return problem(
                        409,
                        "Name taken",
                        "there is a run '" + run + "' already; choose another name, or leave it out to have one generated")
                .build();
    }

    static HttpProblem notEnded(String run) {
        return problem(409, "Not ended", "run '" + run + "' has not ended, so there is nothing to resume").build();
    }

    static HttpProblem completed(String run) {
        return problem(
                        409,
                        "Completed",
                        "run '" + run + "' has completed; start a new run with one of its checkpoints as the model")
                .build();
    }

    static HttpProblem unusableModel(String reason) {
        return problem(UNPROCESSABLE, "Unusable model", reason).build();
    }

    static HttpProblem later(String title, String reason) {
        return problem(503, title, reason)
                .withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .build();
    }

    private static HttpProblem.Builder problem(int status, String title, String detail) {
        return HttpProblem.builder().withStatus(status).withTitle(title).withDetail(detail);
    }
}
