package dev.apprentice.judge.page.api;

import dev.apprentice.judge.page.run.RunBoard;
import dev.apprentice.service.health.Condition;
import dev.apprentice.service.signin.Roles;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Streams changes to pages that stay open. */
@Path("/events")
@RolesAllowed(Roles.VIEWER)
@Tag(name = "runs")
public class EventsResource {

    private final RunBoard board;
    private final Instance<Condition> conditions;

    EventsResource(RunBoard board, @Any Instance<Condition> conditions) {
        this.board = board;
        this.conditions = conditions;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Changed runs as server-sent events",
            description = "Sends all runs as event 'all', or after a Last-Event-ID only the changes since; then each changed run as"
                    + " event 'run'. A run that is missing from an 'all' has been removed. Event 'away' lists everything that the"
                    + " service currently works without, with the reasons; a client that has received none may assume that nothing"
                    + " is missing.")
    public Multi<OutboundSseEvent> events(
            @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) String lastEventId, @Context Sse sse) {
        return new RunEventStream(board, () -> AwayCondition.among(conditions), sse, lastEventId).events();
    }
}
