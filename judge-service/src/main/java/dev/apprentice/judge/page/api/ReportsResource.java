package dev.apprentice.judge.page.api;

import dev.apprentice.judge.page.run.RunBoard;
import dev.apprentice.judge.report.ReportView;
import dev.apprentice.service.signin.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Serves the reports on runs. */
@Path("/reports")
@RolesAllowed(Roles.VIEWER)
@Tag(name = "reports", description = "How good the checkpoints of a run are")
public class ReportsResource {

    private final ReportView reports;
    private final Checkpoints checkpoints;
    private final RunBoard board;

    ReportsResource(ReportView reports, Checkpoints checkpoints, RunBoard board) {
        this.reports = reports;
        this.checkpoints = checkpoints;
        this.board = board;
    }

    @GET
    @Operation(summary = "The runs that have a report")
    public List<String> runs() {
        return reports.runs();
    }

    @GET
    @Path("/{run}")
    @Operation(
            summary = "A run's report: each checkpoint's grades and reference metrics, and their difference to step 0")
    @APIResponse(responseCode = "200", description = "The report; incomplete while the grading is in progress")
    @APIResponse(responseCode = "404", description = "No response of this run has been graded")
    public RunReport report(String run) {
        return RunReport.of(run, checkpoints.of(run), board);
    }
}
