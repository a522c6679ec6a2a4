package dev.apprentice.judge.page.api;

import dev.apprentice.judge.page.run.RunBoard;
import dev.apprentice.judge.page.run.RunBoard.Board;
import dev.apprentice.judge.run.RunSummary;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Server-sent events for one client: changed runs, and what the service currently works without.
 *
 * <p>The stream polls the board at intervals instead of being notified by it. So a slow client skips some looks, gets what has
 * changed since, and costs no memory. An event's id is the board's version. Versions of another process have no meaning here, so
 * the id also names the process, and a client that comes from another process gets everything again.
 */
final class RunEventStream {

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final String PROCESS = UUID.randomUUID().toString().substring(0, 8);
    private static final long NOTHING = -1;

    private final RunBoard board;
    private final Supplier<List<AwayCondition>> conditions;
    private final Sse sse;
    private long seen;
    private List<AwayCondition> away = List.of();
    private long saidSomethingAt = System.nanoTime();

    /**
     * @param conditions what is away at the moment
     * @param lastEventId the id of the last event that the client received; null for none
     */
    RunEventStream(RunBoard board, Supplier<List<AwayCondition>> conditions, Sse sse, String lastEventId) {
        this.board = board;
        this.conditions = conditions;
        this.sse = sse;
        this.seen = version(lastEventId);
    }

    private static long version(String id) {
        return id != null && id.matches(PROCESS + "-\\d{1,18}") ? Long.parseLong(id.substring(PROCESS.length() + 1)) : NOTHING;
    }

    Multi<OutboundSseEvent> events() {
        return Multi.createFrom()
                .ticks()
                .every(LOOK_EVERY)
                .onOverflow()
                .drop()
                .onItem()
                .transformToIterable(tick -> look());
    }

    private List<OutboundSseEvent> look() {
        Board now = board.now();
        List<OutboundSseEvent> news = new ArrayList<>();
        if (seen == NOTHING || seen < now.withdrawnAt()) {
            news.add(event("all", now.runs()).id(id(now)).build());
        } else {
            List<RunSummary> changed = now.since(seen);
            for (int i = 0; i < changed.size(); i++) { // only the last gets an id: a client cut off before it gets all of them again
                OutboundSseEvent.Builder event = event("run", changed.get(i));
                news.add((i == changed.size() - 1 ? event.id(id(now)) : event).build());
            }
        }
        seen = now.version();
        List<AwayCondition> awayNow = conditions.get();
        if (!awayNow.equals(away)) {
            news.add(event("away", awayNow).build());
            away = awayNow;
        }
        if (news.isEmpty() && System.nanoTime() - saidSomethingAt >= HEARTBEAT.toNanos()) {
            news.add(sse.newEventBuilder().comment("still here").build());
        }
        if (!news.isEmpty()) {
            saidSomethingAt = System.nanoTime();
        }
        return news;
    }

    private static String id(Board board) {
        return PROCESS + "-" + board.version();
    }

    private OutboundSseEvent.Builder event(String name, Object data) {
        return sse.newEventBuilder().name(name).mediaType(MediaType.APPLICATION_JSON_TYPE).data(data);
    }
}
