package dev.apprentice.inference.api;

import dev.apprentice.contracts.event.ResponseBuilder;
import dev.apprentice.inference.responses.AnsweredEntries;
import dev.apprentice.inference.responses.AnsweredExams;
import dev.apprentice.inference.responses.TextbookEntry;
import dev.apprentice.service.signin.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** HTTP API for an exam's answers, in the format of the textbook's file. */
@Path("/runs/{run}/responses")
@RolesAllowed(Roles.VIEWER)
public class ResponsesResource {

    static final String STEP = "X-Apprentice-Step";
    static final String COMPLETE = "X-Apprentice-Complete";

    private final AnsweredExams exams;

    ResponsesResource(AnsweredExams exams) {
        this.exams = exams;
    }

    @GET
    @Operation(
            summary = "The answers of a run's checkpoint, in the order of the exam",
            description = "The textbook's instruction-data-with-response.json. While the exam goes on, the answers so far.")
    @APIResponse(
            responseCode = "200",
            description = "The answers so far",
            headers = {
                @Header(name = STEP, description = "The checkpoint's step", schema = @Schema(implementation = Integer.class)),
                @Header(
                        name = COMPLETE,
                        description = "Number of answers and of the exam's questions, such as 110/110",
                        schema = @Schema(implementation = String.class))
            })
    @APIResponse(responseCode = "404", description = "The run has no answers, or none at that step")
    public RestResponse<List<TextbookEntry>> responses(@RestPath String run, @RestQuery Optional<String> step) {
        List<Integer> steps = exams.stepsOf(run);
        if (steps.isEmpty()) {
            throw Problems.notFound("run '" + run + "' has no responses here; it does not exist, its first exam has not"
                    + " been answered yet, or it is too old to be kept (apprentice.inference.responses-kept)");
        }
        int wanted = step.map(ResponsesResource::number).orElse(steps.get(steps.size() - 1));
        AnsweredEntries answered = exams.at(run, wanted)
                .orElseThrow(() -> Problems.notFound(
                        "run '" + run + "' has no responses at step " + wanted + "; it has some at steps " + steps));
        return RestResponse.ResponseBuilder.ok(answered.entries())
                .header(STEP, wanted)
                .header(COMPLETE, answered.entries().size() + "/" + answered.of())
                .build();
    }

    private static int number(String step) {
        try {
            return Integer.parseInt(step);
        } catch (NumberFormatException e) {
            throw Problems.badRequest("parameter 'step' is '" + step + "'; it must be a whole number");
        }
    }
}
