package dev.apprentice.inference.api;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.inference.InferenceSettings;
import dev.apprentice.inference.models.CheckpointUnavailableException;
import dev.apprentice.inference.models.GeneratedAnswer;
import dev.apprentice.inference.models.QuestionSettings;
import dev.apprentice.inference.serving.CheckpointChoice;
import dev.apprentice.inference.serving.Questions;
import dev.apprentice.inference.serving.ServedCheckpoint;
import dev.apprentice.model.generation.TextListener;
import dev.apprentice.service.signin.Roles;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** HTTP API that answers a question with a checkpoint. */
@Path("/ask")
@RolesAllowed(Roles.VIEWER)
public class AskResource {

    private final CheckpointChoice choice;
    private final ServedCheckpoint served;
    private final Questions questions;
    private final InferenceSettings settings;

    AskResource(CheckpointChoice choice, ServedCheckpoint served, Questions questions, InferenceSettings settings) {
        this.choice = choice;
        this.served = served;
        this.questions = questions;
        this.settings = settings;
    }

    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Answers one instruction with the newest trained checkpoint, or with a named one",
            description = "With \"stream\": true the answer comes as server-sent events: 'model' names the run and step that answer,"
                    + " 'text' holds a piece of the answer, and 'answer' the whole answer; 'error' is a problem document.")
    @APIResponse(
            responseCode = "200",
            description = "The answer",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = AskAnswer.class)))
    @APIResponse(responseCode = "400", description = "The question is not well formed")
    @APIResponse(responseCode = "404", description = "The run or step has no checkpoint")
    @APIResponse(responseCode = "409", description = "No checkpoint has been announced yet")
    @APIResponse(responseCode = "422", description = "The prompt leaves no room for an answer in the model's context")
    @APIResponse(responseCode = "503", description = "Too many questions wait, the checkpoint cannot be read at the moment, or memory is"
            + " too short for the answer")
    public Response ask(@NotNull(message = "is missing; send {\"instruction\": …}") @Valid AskRequest question)
            throws InterruptedException {
        Checkpoint checkpoint =
                question.run().map(run -> choice.of(run, question.step())).orElseGet(choice::best);
        try {
            return question.stream().orElse(false) ? stream(question, checkpoint) : whole(question, checkpoint);
        } catch (CheckpointUnavailableException e) {
            if (question.run().isEmpty()) {
                served.lost(checkpoint); // so that the next question gets another one
            }
            throw e;
        }
    }

    private Response whole(AskRequest question, Checkpoint checkpoint) throws InterruptedException {
        AskAnswer answer = AskAnswer.of(checkpoint, Completed.of(begin(question, checkpoint, TextListener.NONE)));
        return Response.ok(answer, MediaType.APPLICATION_JSON_TYPE).build();
    }

    private Response stream(AskRequest question, Checkpoint checkpoint) throws InterruptedException {
        AnswerPieces pieces = new AnswerPieces();
        CompletableFuture<GeneratedAnswer> answer = begin(question, checkpoint, pieces);
        pieces.endWith(answer);
        pieces.awaitFirst();
        if (answer.isCompletedExceptionally()) {
            Completed.of(answer); // throws while the answer can still be an error response
        }
        return Response.ok(new AnswerEvents(checkpoint, pieces, answer), MediaType.SERVER_SENT_EVENTS_TYPE)
                .header("Cache-Control", "no-store")
                .build();
    }

    private CompletableFuture<GeneratedAnswer> begin(
            AskRequest question, Checkpoint checkpoint, TextListener listener) throws InterruptedException {
        QuestionSettings how = question.settings(settings.maxNewTokens());
        return questions.ask(checkpoint, question.instruction(), question.input().orElse(""), how, listener);
    }
}
