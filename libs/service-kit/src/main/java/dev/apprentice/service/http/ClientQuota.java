package dev.apprentice.service.http;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What each client has open and has asked of late. A client may ask as often as a minute allows, all at once or spread over it
 * (a token bucket), and have so many requests open.
 *
 * <p>Holds {@link #MOST_CLIENTS} clients at most: of more, that which has asked least recently and has nothing open is forgotten.
 */
final class ClientQuota {

    static final int MOST_CLIENTS = 10_000;

    private final int atOnce;
    private final int aMinute;
    private final LongSupplier nanoTime;
    private final Map<String, Use> clients = new LinkedHashMap<>(16, 0.75f, true); // guarded by this

    /**
     * There is no request yet.
     *
     * @param atOnce requests that one client may have open
     * @param aMinute requests that one client may begin within a minute
     * @param nanoTime a clock that never jumps
     */
    ClientQuota(int atOnce, int aMinute, LongSupplier nanoTime) {
        this.atOnce = atOnce;
        this.aMinute = aMinute;
        this.nanoTime = nanoTime;
    }

    /** Lets a client begin, who is to {@link #leave} in the end; or says why not and how long to wait. */
    synchronized Optional<Excess> enter(String client) {
        Use use = clients.computeIfAbsent(client, name -> new Use(aMinute, nanoTime.getAsLong()));
        forgetOne();
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

    /** How many clients are known. */
    synchronized int clients() {
        return clients.size();
    }

    private void forgetOne() {
        if (clients.size() <= MOST_CLIENTS) {
            return;
        }
        for (Iterator<Use> oldestFirst = clients.values().iterator(); oldestFirst.hasNext(); ) {
            if (oldestFirst.next().open == 0) {
                oldestFirst.remove();
                return;
            }
        }
    }

    /** Which limit a client has reached. */
    enum Kind {
        OPEN,
        RATE
    }

    /**
     * Why a request is refused.
     *
     * @param kind the limit
     * @param after when it is worth asking again, whole seconds
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
