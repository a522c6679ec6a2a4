package dev.apprentice.judge.page.agreement;

import dev.apprentice.judge.responses.ScoredResponse;
import dev.apprentice.judge.responses.ScoredResponses;
import dev.apprentice.service.signin.Roles;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Computes how far judges agree with other scores. */
@Path("/agreement/{run}/{step}")
@RolesAllowed(Roles.VIEWER)
@Tag(name = "agreement", description = "How far each judge agrees with people's scores, or another judge's")
@Blocking
public class AgreementResource {

    private final ScoredResponses responses;

    AgreementResource(ScoredResponses responses) {
        this.responses = responses;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Pearson, Spearman and Kendall of each judge and metric with these scores: [{example, score}]")
    @APIResponse(responseCode = "200", description = "The coefficients; absent if they are not defined")
    @APIResponse(responseCode = "400", description = "The scores cannot be read")
    @APIResponse(responseCode = "404", description = "There are no responses of that checkpoint")
    @APIResponse(responseCode = "503", description = "The responses are still being read in")
    public AgreementReport withJson(String run, String step, @NotEmpty List<@NotNull @Valid OtherScore> scores) {
        scores.stream().filter(other -> !Double.isFinite(other.score())).findFirst().ifPresent(other -> {
            throw problem(400, "Unusable scores", "the score of example '" + other.example() + "' is " + other.score()
                    + "; it must be a finite number");
        });
        return report(run, step, scores);
    }

    @POST
    @Consumes("text/csv")
    @Operation(summary = "Like the JSON request, with a CSV file of example,score")
    public AgreementReport withCsv(String run, String step, String csv) {
        try {
            return report(run, step, CsvScores.read(csv));
        } catch (IllegalArgumentException e) {
            throw problem(400, "Unusable scores", e.getMessage());
        }
    }

    private AgreementReport report(String run, String given, List<OtherScore> scores) {
        if (!given.matches("[0-9]{1,9}")) {
            throw problem(400, "Unusable parameter", "the checkpoint's step in the path must be a whole number of at least 0");
        }
        int step = Integer.parseInt(given);
        List<ScoredResponse> answers = responses.of(run, step);
        if (answers.isEmpty()) {
            throw problem(404, "No such checkpoint", "run '" + run + "' has no responses at step " + step
                    + "; GET /reports/" + run + " lists the steps that have some");
        }
        return AgreementReport.of(run, step, answers, scores);
    }

    private static HttpProblem problem(int status, String title, String detail) {
        return HttpProblem.builder().withStatus(status).withTitle(title).withDetail(detail).build();
    }
}
