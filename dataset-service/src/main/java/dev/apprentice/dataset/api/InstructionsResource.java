package dev.apprentice.dataset.api;

import dev.apprentice.dataset.DatasetSettings;
import dev.apprentice.dataset.datasets.download.TooLargeException;
import dev.apprentice.dataset.datasets.intake.Intake;
import dev.apprentice.dataset.datasets.intake.IntakeException;
import dev.apprentice.dataset.datasets.intake.Receipt;
import dev.apprentice.service.log.TraceContext;
import dev.apprentice.service.signin.Roles;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP calls that add examples to a dataset one by one, and withdraw them. */
@Path("/datasets/{name}/instructions")
@RolesAllowed(Roles.VIEWER)
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "instructions", description = "Examples that join a dataset, and the stream runs that learn it, one by one")
public class InstructionsResource {

    /** How many clients may send at once. Each holds about a megabyte of lines; further ones are asked to retry. */
    private static final int SENDERS = 16;

    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int SECONDS_UNTIL_KAFKA_IS_ASKED = 5;

    private final Intake intake;
    private final DatasetSettings settings;
    private final Semaphore senders = new Semaphore(SENDERS);

    InstructionsResource(Intake intake, DatasetSettings settings) {
        this.intake = intake;
        this.settings = settings;
    }

    @POST
    @RolesAllowed(Roles.TRAINER)
    @Consumes({MediaType.APPLICATION_JSON, "application/x-ndjson", "application/ndjson", "application/jsonl"})
    @Operation(
            summary = "Send examples as JSON lines",
            description = "One object a line, with 'instruction', 'output' and optionally 'input' and 'id', in UTF-8. Each line is checked"
                    + " by itself: usable ones are accepted, others are reported with the reason. An example without an id gets one from"
                    + " its text, so sending a line again does no harm; an example with a known id replaces the earlier one. The answer"
                    + " comes when Kafka has all that is accepted.")
    @RequestBody(
            required = true,
            content = @Content(
                    mediaType = "application/x-ndjson",
                    examples = @ExampleObject(
                            name = "two lines",
                            value = "{\"id\": \"hot\", \"instruction\": \"Name the opposite of the word.\", \"input\": \"hot\","
                                    + " \"output\": \"cold\"}\n{\"instruction\": \"Sing.\", \"output\": \"La.\"}")))
    @APIResponse(
            responseCode = "202",
            description = "At least one line is accepted",
            content = @Content(schema = @Schema(implementation = Receipt.class)))
    @APIResponse(responseCode = "400", description = "The name is invalid, or no line can be used; 'violations' says why")
    @APIResponse(responseCode = "413", description = "There is more than apprentice.dataset.max-size; 'accepted' lines are kept")
    @APIResponse(responseCode = "503", description = "Kafka is unavailable, or too many clients send at once; 'accepted' lines are kept")
    public Response send(
            @Parameter(description = "1 to 100 letters, digits, '.', '_' or '-'") @PathParam("name") String name,
            @Parameter(description = "The trace that the examples belong to (W3C Trace Context)") @HeaderParam("traceparent")
                    String traceparent,
            InputStream body) {
        DatasetResource.requireValid(name, "a dataset");
        if (!senders.tryAcquire()) {
            throw comeAgain("Too many senders", "%d other clients are sending now; send again in a second.".formatted(SENDERS), 0, 1);
        }
        try (Scope trace = trace(traceparent).makeCurrent()) {
            return answer(intake.takeIn(name, Bodies.of(body, settings)));
        } catch (IntakeException e) {
            throw problem(e);
        } finally {
            senders.release();
        }
    }

    /**
     * Returns the trace to continue: the request's own if spans are exported, since it continues the sender's already; otherwise
     * the sender's.
     */
    private static Context trace(String traceparent) {
        return traceparent == null || Span.current().getSpanContext().isValid()
                ? Context.current()
                : TraceContext.of(Map.of("traceparent", traceparent));
    }

    @DELETE
    @RolesAllowed(Roles.TRAINER)
    @Path("/{example}")
    @Operation(
            summary = "Withdraw an example",
            description = "It is removed from the dataset. Stream runs no longer repeat it or ask it, and do not learn it if they have not"
                    + " yet.")
    @APIResponse(responseCode = "202", description = "Kafka has the withdrawal; of an unknown example it changes nothing")
    @APIResponse(responseCode = "400", description = "A name is invalid")
    @APIResponse(responseCode = "503", description = "Kafka is unavailable")
    public Response withdraw(@PathParam("name") String name, @PathParam("example") String example) {
        DatasetResource.requireValid(name, "a dataset");
        DatasetResource.requireValid(example, "an example");
        try {
            intake.withdraw(name, example);
        } catch (KafkaException e) {
            throw comeAgain(
                    "Kafka unavailable",
                    e.getMessage() + ". Send the withdrawal again when Kafka is back.",
                    0,
                    SECONDS_UNTIL_KAFKA_IS_ASKED);
        }
        return Response.accepted().build();
    }

    private static Response answer(Receipt receipt) {
        if (receipt.accepted() > 0) {
            return Response.accepted(receipt).build();
        }
        String what = receipt.refused() == 0 ? "The body holds no lines" : "None of the %,d lines can be used".formatted(receipt.refused());
        throw HttpProblem.builder()
                .withStatus(Status.BAD_REQUEST)
                .withTitle("Nothing accepted")
                .withDetail(what + "; send a JSON object a line, with 'instruction', 'output' and optionally 'input' and 'id'.")
                .with("violationCount", receipt.refused())
                .with("violations", receipt.refusals())
                .build();
    }

    private static HttpProblem problem(IntakeException e) {
        if (e.getCause() instanceof TooLargeException) {
            return HttpProblem.builder()
                    .withStatus(Status.REQUEST_ENTITY_TOO_LARGE)
                    .withTitle("Too much at once")
                    .withDetail(e.getMessage() + " The first %,d examples are accepted.".formatted(e.accepted()))
                    .with("accepted", e.accepted())
                    .build();
        }
        boolean isKafka = e.getCause() instanceof KafkaException;
        return comeAgain(
                isKafka ? "Kafka unavailable" : "Interrupted",
                "%s; %,d examples are accepted. Send the rest again%s: what is sent twice counts once.".formatted(
                        e.getMessage(), e.accepted(), isKafka ? " when Kafka is back" : ""),
                e.accepted(),
                isKafka ? SECONDS_UNTIL_KAFKA_IS_ASKED : 1);
    }

    private static HttpProblem comeAgain(String title, String detail, long accepted, int seconds) {
        return HttpProblem.builder()
                .withStatus(SERVICE_UNAVAILABLE)
                .withTitle(title)
                .withDetail(detail)
                .with("accepted", accepted)
                .withHeader(HttpHeaders.RETRY_AFTER, seconds)
                .build();
    }
}
