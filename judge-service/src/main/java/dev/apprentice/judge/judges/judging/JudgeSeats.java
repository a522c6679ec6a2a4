package dev.apprentice.judge.judges.judging;

import dev.apprentice.chat.Patience;
import dev.apprentice.chat.Retries;
import dev.apprentice.contracts.run.JudgeName;
import dev.apprentice.contracts.run.JudgeName.Server;
import dev.apprentice.judge.JudgeSettings;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The queues of the models, one for each model however many judges ask it, so that its limits hold for all of them. A run can
 * name any model, so the least recently used queues are evicted with their metrics, which bounds the memory.
 */
final class JudgeSeats {

    /** The most queues that are kept, unless more than these have questions. */
    static final int KEPT = 200;

    private final JudgeSettings settings;
    private final ChatServers servers;
    private final AnswerCache cache;
    private final JudgeMetrics meters;
    /** The queues by model, in the order of their last use. Guarded by itself. */
    private final Map<String, JudgeSeat> seats = new LinkedHashMap<>(16, 0.75f, true);

    JudgeSeats(JudgeSettings settings, ChatServers servers, AnswerCache cache, JudgeMetrics meters) {
        this.settings = settings;
        this.servers = servers;
        this.cache = cache;
        this.meters = meters;
    }

    /** Returns a model's queue, which may be evicted as soon as no question is in it; so get it anew for each question. */
    JudgeSeat of(JudgeName name) {
        synchronized (seats) {
            JudgeSeat seat = seats.get(key(name));
            if (seat == null) {
                if (seats.size() >= KEPT) {
                    evictOne();
                }
                seat = create(name);
                seats.put(key(name), seat);
            }
            return seat;
        }
    }

    /** Returns a model's queue if it has one. */
    Optional<JudgeSeat> existing(JudgeName name) {
        synchronized (seats) {
            return Optional.ofNullable(seats.get(key(name)));
        }
    }

    private static String key(JudgeName name) {
        return name.server() + ":" + name.model();
    }

    private void evictOne() {
        for (Iterator<JudgeSeat> oldest = seats.values().iterator(); oldest.hasNext(); ) {
            if (oldest.next().retire()) {
                oldest.remove();
                return;
            }
        }
    }

    private JudgeSeat create(JudgeName name) {
        SeatMetrics seat = meters.of(name);
        Patience patience = new Patience("judge '" + name.model() + "'", timeout(name), retries(), seat::retried);
        return new JudgeSeat(new JudgeModel(servers.of(name), patience, cache, settings.parallel(), seat), this::hasRoom);
    }

    private Retries retries() {
        JudgeSettings.Retry retry = settings.retry();
        return new Retries(
                retry.delay(), retry.maxDelay(), retry.breakerAfter(), retry.refusals(), Optional.empty(), settings.ratePerMinute());
    }

    private Duration timeout(JudgeName name) {
        return name.server() == Server.OPENAI ? settings.openai().timeout() : settings.ollama().timeout();
    }

    private boolean hasRoom() {
        synchronized (seats) {
            return seats.values().stream().mapToInt(JudgeSeat::inLine).sum() < settings.pending();
        }
    }

    void close() {
        synchronized (seats) {
            seats.values().forEach(JudgeSeat::close);
        }
    }
}
