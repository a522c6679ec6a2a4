package dev.apprentice.judge;

import io.quarkiverse.resteasy.problem.HttpProblem;

/** The errors of this service's HTTP interface, as RFC 9457 problems. */
public final class Problems {

    private Problems() {}

    public static HttpProblem noReport(String run) {
        return problem(404, "No such report", "run '" + run + "' has no report: no response of it has been graded yet; "
                + "GET /reports lists the runs that have one");
    }

    public static HttpProblem noStep(String run, int step, Object steps) {
        return problem(404, "No such report", "run '" + run + "' has no report for step " + step + "; it has reports for steps "
                + steps);
    }

    public static HttpProblem unknownRun(String run) {
        return problem(404, "Unknown run", "there is no run '" + run + "'; GET /runs lists all runs");
    }

    public static HttpProblem unusable(String title, String reason) {
        return problem(400, title, reason);
    }

    public static HttpProblem unreachable(String reason) {
        return problem(503, "Kafka unavailable", reason);
    }

    private static HttpProblem problem(int status, String title, String detail) {
        return HttpProblem.builder().withStatus(status).withTitle(title).withDetail(detail).build();
    }
}
