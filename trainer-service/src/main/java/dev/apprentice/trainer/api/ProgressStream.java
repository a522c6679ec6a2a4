package dev.apprentice.trainer.api;

import dev.apprentice.contracts.event.Progress;
import dev.apprentice.trainer.run.KnownRun;
import dev.apprentice.trainer.run.ReportedProgress;
import dev.apprentice.trainer.run.RunRegistry;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A run's progress as server-sent events: first the remembered events, then new ones until the run ends.
 *
 * <p>It polls the registry instead of being called by it. A client that reads slowly skips polls, so it costs no memory. Serves
 * one client.
 */
final class ProgressStream {

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final String run;
    private final RunRegistry registry;
    private final Sse sse;
    private final Duration heartbeat;
    private long offset;
    private long saidSomethingAt = System.nanoTime();
    private boolean over;

    /** @param after the offset of the last event that the client has seen; -1 for none */
    ProgressStream(String run, RunRegistry registry, Sse sse, Duration heartbeat, long after) {
        this.run = run;
        this.registry = registry;
        this.sse = sse;
        this.heartbeat = heartbeat;
        this.offset = after;
    }

    Multi<OutboundSseEvent> events() {
        return Multi.createFrom()
                .ticks()
                .every(LOOK_EVERY)
                .onOverflow()
                .drop()
                .select()
                .first(tick -> !over)
                .onItem()
                .transformToIterable(tick -> look());
    }

    private List<OutboundSseEvent> look() {
        over = registry.find(run).flatMap(KnownRun::conclusion).isPresent(); // read before the events, or the last ones could be missed
        List<OutboundSseEvent> news = new ArrayList<>();
        for (ReportedProgress reported : registry.progressSince(run, offset)) {
            news.add(event(reported));
            offset = reported.offset();
        }
        if (news.isEmpty() && System.nanoTime() - saidSomethingAt >= heartbeat.toNanos()) {
            news.add(sse.newEventBuilder().comment("still here").build());
        }
        if (!news.isEmpty()) {
            saidSomethingAt = System.nanoTime();
        }
        return news;
    }

    private OutboundSseEvent event(ReportedProgress reported) {
        return sse.newEventBuilder()
                .id(Long.toString(reported.offset()))
                .name("progress")
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(Progress.class, reported.progress())
                .build();
    }
}
