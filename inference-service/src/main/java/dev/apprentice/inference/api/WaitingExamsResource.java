package dev.apprentice.inference.api;

import dev.apprentice.inference.answering.WaitingExam;
import dev.apprentice.inference.answering.WaitingExams;
import dev.apprentice.service.signin.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;

/** HTTP API for a run's exams that wait for a checkpoint. */
@Path("/runs/{run}/waiting")
@RolesAllowed(Roles.VIEWER)
public class WaitingExamsResource {

    private final WaitingExams exams;

    WaitingExamsResource(WaitingExams exams) {
        this.exams = exams;
    }

    @GET
    @Operation(
            summary = "A run's exams that wait for an unreadable checkpoint, with the reason",
            description = "Covers this instance only; other instances may have other questions of the run.")
    @APIResponse(responseCode = "200", description = "The waiting exams; an empty list if none waits")
    public List<WaitingExam> waiting(@RestPath String run) {
        return exams.of(run);
    }
}
