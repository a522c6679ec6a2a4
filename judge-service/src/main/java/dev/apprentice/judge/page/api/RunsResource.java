package dev.apprentice.judge.page.api;

import dev.apprentice.judge.Problems;
import dev.apprentice.judge.page.run.RepeatCommand;
import dev.apprentice.judge.page.run.RunBoard;
import dev.apprentice.judge.run.Curves;
import dev.apprentice.judge.run.RunDetail;
import dev.apprentice.judge.run.RunSummary;
import dev.apprentice.judge.run.Runs;
import dev.apprentice.service.signin.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Serves runs as the report page shows them. To start or cancel a run, call trainer-service. */
@Path("/runs")
@RolesAllowed(Roles.VIEWER)
@Tag(name = "runs", description = "The progress of runs")
@Produces(MediaType.APPLICATION_JSON)
public class RunsResource {

    private final Runs runs;
    private final RunBoard board;

    RunsResource(Runs runs, RunBoard board) {
        this.runs = runs;
        this.board = board;
    }

    /**
     * A run in full, and how to repeat it.
     *
     * @param detail its details
     * @param repeat the command that repeats it; empty if Kafka no longer has its request
     */
    public record RunPage(RunDetail detail, Optional<RepeatCommand> repeat) {}

    @GET
    @Operation(summary = "All runs, the one that was first requested last first; cancelling or resuming a run does not move it")
    public List<RunSummary> all() {
        return board.now().runs();
    }

    @GET
    @Path("/{run}")
    @Operation(summary = "One run: its state, its request, its checkpoints, and the command that repeats it")
    @APIResponse(responseCode = "200", description = "The run")
    @APIResponse(responseCode = "404", description = "There is no run of that name")
    public RunPage one(String run) {
        RunDetail detail = board.detail(run).orElseThrow(() -> Problems.unknownRun(run));
        return new RunPage(detail, detail.run().map(RepeatCommand::of));
    }

    @GET
    @Path("/{run}/curves")
    @Operation(
            summary = "A run's losses, learning rate, gradient norm and throughput against steps",
            description = "At most 512 points per curve, however long the run; each point is the mean of the steps that it covers.")
    @APIResponse(responseCode = "200", description = "The curves")
    @APIResponse(responseCode = "404", description = "There is no run of that name")
    public Curves curves(String run) {
        return runs.curves(run).orElseThrow(() -> Problems.unknownRun(run));
    }
}
