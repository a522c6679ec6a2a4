package dev.apprentice.judge.judges.api;

import dev.apprentice.judge.Problems;
import dev.apprentice.judge.judges.grading.Regrading;
import dev.apprentice.judge.judges.grading.Regrading.Begun;
import dev.apprentice.service.signin.Roles;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Asks judges again about responses that have been graded. */
@Path("/runs/{run}/regrade")
@RolesAllowed(Roles.VIEWER)
@Tag(name = "judges")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class RegradeResource {

    private final Regrading regrading;

    RegradeResource(Regrading regrading) {
        this.regrading = regrading;
    }

    /**
     * The judges to ask.
     *
     * @param judge one judge or several, separated by commas; if absent, the run's own
     */
    public record Asked(@Pattern(regexp = "(?s).*\\S.*", message = "must not be blank") String judge) {}

    /**
     * Begins a regrading. The request and the answer:
     *
     * <pre>{"judge": "llama3"}    or nothing at all
     *
     * {"run": "first", "responses": 220, "judges": ["llama3"]}</pre>
     */
    @POST
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Asks judges again about every response of a run; scores of other judges stay")
    @APIResponse(responseCode = "202", description = "The regrading has begun; the report shows its progress")
    @APIResponse(responseCode = "400", description = "A judge's name is invalid, or the run has no judge")
    @APIResponse(responseCode = "404", description = "No response of this run has been graded")
    @APIResponse(responseCode = "503", description = "The responses are still being read in")
    public RestResponse<Begun> regrade(String run, @Valid Asked asked) {
        try {
            return RestResponse.accepted(regrading.begin(run, Optional.ofNullable(asked).map(Asked::judge))
                    .orElseThrow(() -> Problems.noReport(run)));
        } catch (IllegalArgumentException e) {
            throw Problems.unusable("No such judge", e.getMessage());
        }
    }
}
