package dev.apprentice.trainer.api;

import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.event.Run.DesiredState;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.contracts.run.TrainingBuilder;
import dev.apprentice.model.ModelException;
import dev.apprentice.service.http.QueryParameters;
import dev.apprentice.service.signin.Roles;
import dev.apprentice.trainer.TrainerSettings;
import dev.apprentice.trainer.request.BaseModelCheck;
import dev.apprentice.trainer.request.ModelRoots;
import dev.apprentice.trainer.request.RunNames;
import dev.apprentice.trainer.request.RunRequest;
import dev.apprentice.trainer.run.KnownRun;
import dev.apprentice.trainer.run.RegistryFeed;
import dev.apprentice.trainer.run.RunRegistry;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** HTTP API to start, list, watch, cancel and resume runs. Any instance answers for any run. */
@Path("/runs")
@RolesAllowed(Roles.VIEWER)
@Tag(name = "runs")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class RunsResource {

    private static final long NOTHING_SEEN = -1;

    private final RunRegistry registry;
    private final RegistryFeed feed;
    private final RunPublisher publisher;
    private final TrainerSettings settings;

    RunsResource(RunRegistry registry, RegistryFeed feed, RunPublisher publisher, TrainerSettings settings) {
        this.registry = registry;
        this.feed = feed;
        this.publisher = publisher;
        this.settings = settings;
    }

    @POST
    @RolesAllowed(Roles.TRAINER)
    @Operation(summary = "Start a run; the model folder is checked at once. With ?check=true the run is only checked, and the answer is"
            + " its specification with defaults")
    public Response start(
            @NotNull(message = "a run's description is needed") @Valid RunRequest request,
            @Parameter(description = "Whether to check the run only", schema = @Schema(type = SchemaType.BOOLEAN))
                    @QueryParam("check") Optional<String> check,
            @Context UriInfo uri) {
        boolean onlyCheck = flag("check", check).orElse(false);
        requireKnowledge();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        String name = request.run() == null ? RunNames.of(request.data().dataset(), now) : request.run();
        Run run = new Run(name, DesiredState.RUN, now, request.toSpecification());
        try {
            BaseModelCheck.check(run.specification(), ModelRoots.of(settings));
        } catch (ModelException e) {
            throw Problems.unusableModel(e.getMessage());
        }
        if (onlyCheck) {
            publisher.requireNew(run);
            return Response.ok(run.specification()).build();
        }
        publisher.publishNew(run);
        return Response.created(uri.getAbsolutePathBuilder().path(name).build())
                .entity(registry.find(name).map(RunStatus::of))
                .build();
    }

    @GET
    @Operation(summary = "All runs, the one that was first requested first; cancelling or resuming a run does not move it")
    public List<RunStatus> all() {
        requireKnowledge();
        return registry.all().stream().map(RunStatus::of).toList();
    }

    @GET
    @Path("/{run}")
    @Operation(summary = "One run: its specification, phase, newest progress and checkpoints")
    public RunStatus one(String run) {
        return RunStatus.of(known(run));
    }

    @DELETE
    @RolesAllowed(Roles.TRAINER)
    @Path("/{run}")
    @Operation(summary = "Cancel a run; it stops within a step. A run that has ended keeps its outcome, and its answers no longer wait for"
            + " an unavailable judge")
    public Response cancel(String run) {
        KnownRun known = known(run);
        if (!known.isCancelled()) {
            publisher.publish(known.run().cancelled(Instant.now().truncatedTo(ChronoUnit.MILLIS)));
        }
        return Response.accepted(RunStatus.of(known(run))).build();
    }

    @POST
    @RolesAllowed(Roles.TRAINER)
    @Path("/{run}/resume")
    @Operation(summary = "Resume a run that failed or was cancelled, from its newest checkpoint. If memory was too short, set smaller"
            + " batches")
    public Response resume(
            String run,
            @Parameter(
                            description = "Maximum input tokens that a process computes at once, from now on; at least 1",
                            schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("tokensPerBatch") Optional<String> tokensPerBatch,
            @Parameter(
                            description = "Whether activations are recomputed instead of kept, from now on",
                            schema = @Schema(type = SchemaType.BOOLEAN))
                    @QueryParam("activationCheckpointing") Optional<String> activationCheckpointing) {
        Optional<Integer> tokens = QueryParameters.given(tokensPerBatch).map(text -> QueryParameters.number("tokensPerBatch", text, 1));
        Optional<Boolean> recomputed = flag("activationCheckpointing", activationCheckpointing);
        KnownRun known = known(run);
        Training before = known.run().specification().training();
        publisher.resume(known, TrainingBuilder.builder(before)
                .tokensPerBatch(tokens.or(before::tokensPerBatch))
                .activationCheckpointing(recomputed.orElse(before.activationCheckpointing()))
                .build());
        return Response.accepted(RunStatus.of(known(run))).build();
    }

    @GET
    @Path("/{run}/progress")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(summary = "A run's progress as server-sent events: remembered events first, then new ones until the run ends")
    public Multi<OutboundSseEvent> progress(
            String run, @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) Optional<String> lastEventId, @Context Sse sse) {
        KnownRun known = known(run);
        long seen = QueryParameters.given(lastEventId)
                .map(id -> QueryParameters.whole(HttpHeaders.LAST_EVENT_ID_HEADER, id, NOTHING_SEEN, Long.MAX_VALUE))
                .orElse(NOTHING_SEEN);
        return new ProgressStream(known.name(), registry, sse, settings.heartbeat(), seen).events();
    }

    private static Optional<Boolean> flag(String name, Optional<String> value) {
        return QueryParameters.given(value).map(text -> QueryParameters.flag(name, text));
    }

    private KnownRun known(String run) {
        return registry.find(run).orElseThrow(() -> {
            requireKnowledge();
            return Problems.unknownRun(run);
        });
    }

    private void requireKnowledge() {
        if (!feed.isComplete()) {
            throw Problems.later(
                    "Starting", "the log of runs is still being read, so not all runs are known yet; try again");
        }
    }
}
