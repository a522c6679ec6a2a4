package dev.apprentice.judge.judges.api;

import dev.apprentice.contracts.run.JudgeName;
import dev.apprentice.judge.Problems;
import dev.apprentice.judge.judges.grading.JudgeBoard;
import dev.apprentice.judge.judges.judging.JudgeCheck;
import dev.apprentice.judge.judges.judging.JudgeCheck.Finding;
import dev.apprentice.judge.run.JudgeStatus;
import dev.apprentice.service.signin.Roles;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows how the judges are doing, and checks judges before a run is requested. */
@Path("/judges")
@RolesAllowed(Roles.VIEWER)
@Tag(name = "judges", description = "The status of the judges")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class JudgesResource {

    private final JudgeBoard board;
    private final JudgeCheck check;

    JudgesResource(JudgeBoard board, JudgeCheck check) {
        this.board = board;
        this.check = check;
    }

    /**
     * Judges to be checked.
     *
     * @param judge one judge or several, separated by commas, as in {@code POST /runs}
     */
    public record Asked(@NotBlank String judge) {}

    /**
     * Returns the status of every judge.
     *
     * <pre>[{"judge": "llama3", "state": "away", "address": "http://localhost:11434", "reason": "judge 'llama3' at … did not
     * answer: no connection", "since": "2026-01-02T03:04:05Z", "waiting": 12}]</pre>
     */
    @GET
    @Operation(summary = "Every judge that is configured, was asked or is awaited: ok, away or refused, with the reason")
    public List<JudgeStatus> all() {
        return board.all();
    }

    /**
     * Checks judges. The request and the answer:
     *
     * <pre>{"judge": "llama3,metric:chrf"}
     *
     * [{"judge": "llama3", "ok": false, "address": "http://localhost:11434",
     *   "problem": "Ollama at http://localhost:11434 has no model 'llama3'; it has phi3:latest.",
     *   "wayOut": "ollama pull llama3"},
     *  {"judge": "metric:chrf", "ok": true}]</pre>
     */
    @POST
    @Path("/check")
    @Operation(summary = "Checks judges: what is wrong with each and how to fix it; contacts their servers without asking a question")
    @APIResponse(responseCode = "200", description = "One finding for each judge, in the requested order")
    @APIResponse(responseCode = "400", description = "No judge is named, or too many are")
    public List<Finding> check(@NotNull @Valid Asked asked) {
        if (JudgeName.listOf(asked.judge()).size() > JudgeName.MOST) {
            throw Problems.unusable("Too many judges", JudgeName.problem(asked.judge()).orElseThrow());
        }
        return check.of(asked.judge());
    }
}
