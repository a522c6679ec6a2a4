package dev.apprentice.judge.judges.pairwise;

import dev.apprentice.contracts.event.ResponseBuilder;
import dev.apprentice.service.signin.Roles;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Compares two checkpoints by their answers. */
@Path("/pairwise")
@RolesAllowed(Roles.VIEWER)
@Tag(name = "pairwise", description = "Two checkpoints compared by a judge, answer by answer and in both orders")
@Blocking
public class PairwiseResource {

    private final PairwiseComparisons comparisons;

    PairwiseResource(PairwiseComparisons comparisons) {
        this.comparisons = comparisons;
    }

    @POST
    @RolesAllowed(Roles.TRAINER)
    @Operation(summary = "Have a judge compare two checkpoints, of one run or of two")
    @APIResponse(responseCode = "202", description = "The comparison has begun; questions that were asked before are answered from the cache")
    @APIResponse(responseCode = "400", description = "There is no such judge, or no example that both have answered")
    @APIResponse(responseCode = "503", description = "The responses are still being read in")
    public RestResponse<PairwiseResult> begin(@NotNull @Valid PairwiseRequest request) {
        try {
            PairwiseResult begun = comparisons.begin(request).summary();
            return RestResponse.ResponseBuilder.<PairwiseResult>create(RestResponse.Status.ACCEPTED)
                    .location(URI.create("/pairwise/" + begun.id()))
                    .entity(begun)
                    .build();
        } catch (IllegalArgumentException e) {
            throw HttpProblem.builder().withStatus(400).withTitle("Nothing to compare").withDetail(e.getMessage()).build();
        }
    }

    @GET
    @Operation(summary = "All comparisons, without their examples")
    public List<PairwiseResult> all() {
        return comparisons.all();
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "A comparison: win rate, position bias, lengths, and every example")
    @APIResponse(responseCode = "200", description = "The comparison, complete or in progress")
    @APIResponse(responseCode = "404", description = "There is no such comparison")
    public PairwiseResult find(String id) {
        return comparisons.find(id).orElseThrow(() -> HttpProblem.builder()
                .withStatus(404)
                .withTitle("No such comparison")
                .withDetail("there is no comparison '" + id + "'; GET /pairwise lists all comparisons")
                .build());
    }
}
