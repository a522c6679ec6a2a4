package dev.apprentice.service.http;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tracks the open and recent requests of each client. A token bucket limits the requests within a minute, which a client may send
 * at once or spread out. The number of open requests is limited, too.
 *
 * <p>Holds at most {@link #MOST_CLIENTS} clients, or all that have an open request if those are more. A new client takes the place
 * of the one that has sent nothing for the longest time, among those without an open request.
 */
final class ClientQuota {

    static final int MOST_CLIENTS = 10_000;

    private final int atOnce;
    private final int aMinute;
    private final LongSupplier nanoTime;
    private final Map<String, Use> clients = new LinkedHashMap<>(16, 0.75f, true); // guarded by this

    /**
     * Creates a quota without any requests.
     *
     * @param atOnce maximum number of open requests per client
     * @param aMinute maximum number of requests per client within a minute
     * @param nanoTime a clock that never jumps
     */
    ClientQuota(int atOnce, int aMinute, LongSupplier nanoTime) {
        this.atOnce = atOnce;
        this.aMinute = aMinute;
        this.nanoTime = nanoTime;
    }

    /** Begins a request, which must end with {@link #leave}. If the client is over a limit, returns which one and how long to wait. */
    synchronized Optional<Excess> enter(String client) {
        Use use = clients.get(client);
        if (use == null) {
            makeRoom(); // before the client is known, so that it is not the one that is forgotten
            use = new Use(aMinute, nanoTime.getAsLong());
            clients.put(client, use);
        }
        use.refill(nanoTime.getAsLong(), aMinute);
        if (use.open >= atOnce) {
            return Optional.of(new Excess(Kind.OPEN, Duration.ofSeconds(1)));
        }
        if (use.left < 1) {
            double seconds = (1 - use.left) * 60 / aMinute;
            return Optional.of(new Excess(Kind.RATE, Duration.ofSeconds((long) Math.ceil(seconds))));
        }
        use.left--;
        use.open++;
        return Optional.empty();
    }

    synchronized void leave(String client) {
        clients.computeIfPresent(client, (name, use) -> {
            use.open--;
            return use;
        });
    }

    /** Returns the number of known clients. */
    synchronized int clients() {
        return clients.size();
    }

    private void makeRoom() {
        Iterator<Use> oldestFirst = clients.values().iterator();
        while (clients.size() >= MOST_CLIENTS && oldestFirst.hasNext()) {
            if (oldestFirst.next().open == 0) {
                oldestFirst.remove();
            }
        }
    }

    /** The limit that a client has reached. */
    enum Kind {
        OPEN,
        RATE
    }

    /**
     * Why a request is refused.
     *
     * @param kind the limit
     * @param after how long to wait before the next attempt, in whole seconds
     */
    record Excess(Kind kind, Duration after) {}

    private static final class Use {
        private double left;
        private long at;
        private int open;

        Use(double left, long at) {
            this.left = left;
            this.at = at;
        }

        void refill(long now, int aMinute) {
            left = Math.min(aMinute, left + (now - at) * (double) aMinute / Duration.ofMinutes(1).toNanos());
            at = now;
        }
    }
}
