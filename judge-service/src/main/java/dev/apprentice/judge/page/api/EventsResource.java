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
            description = "First all runs as event 'all', or after a Last-Event-ID what has changed since; then each run that"
                    + " changes as event 'run'. A run that an 'all' does not name is gone. Event 'away' names all that the service"
                    + " is without from then on, with the reasons; a client that hears of none is to believe that there is none.")
    public Multi<OutboundSseEvent> events(
            @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) String lastEventId, @Context Sse sse) {
        return new RunEventStream(board, () -> AwayCondition.among(conditions), sse, lastEventId).events();
    }
}
