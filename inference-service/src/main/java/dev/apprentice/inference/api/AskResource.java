package dev.apprentice.inference.api;

import dev.apprentice.contracts.Checkpoint;
import dev.apprentice.inference.InferenceSettings;
import dev.apprentice.inference.serving.CheckpointChoice;
import dev.apprentice.inference.serving.Questions;
import io.smallrye.common.annotation.Blocking;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** One question to a checkpoint. */
@Path("/ask")
public class AskResource {

    private final CheckpointChoice choice;
    private final Questions questions;
    private final InferenceSettings settings;

    AskResource(CheckpointChoice choice, Questions questions, InferenceSettings settings) {
        this.choice = choice;
        this.questions = questions;
        this.settings = settings;
    }

    @POST
    @Blocking
    @Operation(summary = "Answers one instruction with the newest checkpoint, or with a named one")
    @APIResponse(responseCode = "200", description = "The answer")
    @APIResponse(responseCode = "400", description = "The question is not well formed")
    @APIResponse(responseCode = "404", description = "The run or step has no checkpoint")
    @APIResponse(responseCode = "409", description = "No checkpoint has been announced yet")
    @APIResponse(responseCode = "422", description = "The prompt leaves no room for an answer in the model's context")
    @APIResponse(responseCode = "503", description = "Too many questions wait, or the checkpoint cannot be read now")
    public AskAnswer ask(@NotNull(message = "is missing; send {\"instruction\": …}") @Valid AskRequest question)
            throws InterruptedException {
        Checkpoint checkpoint = checkpoint(question);
        return AskAnswer.of(checkpoint, questions.ask(
                checkpoint,
                question.instruction(),
                question.input().orElse(""),
                question.maxNewTokens().orElse(settings.maxNewTokens())));
    }

    private Checkpoint checkpoint(AskRequest question) {
        if (question.run().isEmpty() && question.step().isPresent()) {
            throw Problems.badRequest("a step was named but no run; name both, or neither for the newest checkpoint");
        }
        return question.run().map(run -> choice.of(run, question.step())).orElseGet(choice::newest);
    }
}
