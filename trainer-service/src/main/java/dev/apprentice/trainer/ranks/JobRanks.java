package dev.apprentice.trainer.ranks;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.ranks.MpiRanks;
import dev.apprentice.model.ranks.OwnCard;
import dev.apprentice.model.ranks.RankFailedException;
import dev.apprentice.model.ranks.RankWatch;
import dev.apprentice.model.ranks.Ranks;
import dev.apprentice.trainer.TrainerSettings;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * This trainer's place among the processes that mpirun has started; a single rank without mpirun. One thread at a time gives and
 * takes orders: the training thread, and after its end the thread that stops the service.
 */
@ApplicationScoped
public class JobRanks {

    private static final Logger LOG = Logger.getLogger(JobRanks.class);
    /** Priority of the shutdown observer, which runs after everything that gives orders has ended. */
    private static final int LAST = 5_000;

    private static final int FAILURE = 1;
    /** Signs of life per limit. Several can be late before a follower takes rank 0 for hung. */
    private static final int SIGNS_PER_LIMIT = 4;

    private final RankWatch watch;
    private final Ranks ranks;
    private final long signEveryNanos;
    private final LongSupplier nanoTime;
    private String run = "";
    private String done = "the start of the job";
    private long lastOrder;
    private boolean left;

    @Inject
    JobRanks(TrainerSettings settings) {
        watch = new RankWatch(limit(settings.rankTimeout()), waited -> end(waited, settings.rankTimeout()));
        ranks = MpiRanks.areThere(System.getenv()) ? join(settings.device(), watch.start()) : Ranks.ALONE;
        signEveryNanos = settings.rankTimeout().dividedBy(SIGNS_PER_LIMIT).toNanos();
        nanoTime = System::nanoTime;
        lastOrder = nanoTime.getAsLong();
    }

    public JobRanks(Ranks ranks) {
        this(ranks, RankWatch.none(), Duration.ofDays(1), System::nanoTime);
    }

    JobRanks(Ranks ranks, RankWatch watch, Duration rankTimeout, LongSupplier nanoTime) {
        this.watch = watch;
        this.ranks = ranks;
        this.signEveryNanos = rankTimeout.dividedBy(SIGNS_PER_LIMIT).toNanos();
        this.nanoTime = nanoTime;
        this.lastOrder = nanoTime.getAsLong();
    }

    private static Duration limit(Duration set) {
        if (set.isNegative() || set.isZero()) {
            throw new IllegalStateException("apprentice.trainer.rank-timeout is " + set + "; it must be above 0, such as 30m");
        }
        return set;
    }

    /** Ends this process without cleanup, which would also wait for the hung rank. mpirun then ends the others, hung ones included. */
    private static void end(String waited, Duration limit) {
        LOG.errorf(
                "%s, longer than apprentice.trainer.rank-timeout (%s) allows; the job ends here, and started again it goes on from"
                        + " the last checkpoint. Find out what blocks that rank; slow ranks need a longer timeout",
                waited, limit);
        Runtime.getRuntime().halt(FAILURE);
    }

    private static Ranks join(String device, RankWatch watch) {
        OwnCard.choose(device, System.getenv());
        Ranks joined = MpiRanks.join(watch);
        LOG.infof("rank %d of %d, on %s", joined.rank(), joined.size(), joined.host());
        return joined;
    }

    /**
     * Checks that all ranks compute alike. Otherwise their weights would drift apart.
     *
     * @param way how this rank computes
     * @throws RankFailedException if a rank computes otherwise than rank 0
     */
    public void requireAlike(String way) {
        if (ranks.size() > 1) {
            String first = new String(ranks.broadcast(way.getBytes(StandardCharsets.UTF_8), 0), StandardCharsets.UTF_8);
            ranks.together(() -> {
                if (!way.equals(first)) {
                    throw new ModelException("it computes with " + way + ", but rank 0 with " + first
                            + "; start all ranks alike: one version, one kind of device, and as many threads each"
                            + " (-Dai.djl.pytorch.num_threads)");
                }
                return way;
            });
        }
    }

    public Ranks all() {
        return ranks;
    }

    /** Tells whether this process obeys rank 0. A follower has no runs, no HTTP server and no consumer group membership. */
    public boolean isFollower() {
        return ranks.rank() > 0;
    }

    /** Gives the other ranks an order. For rank 0 only. */
    public void give(Order order) {
        if (ranks.size() > 1) {
            watch.activity(named(order));
            send(order);
        }
    }

    /**
     * Shows the ranks that wait for an order that rank 0 also waits and is not hung. It does nothing on followers. The training
     * thread, or one that it waits for, calls it repeatedly during long waits.
     */
    public synchronized void showLife() {
        if (ranks.size() > 1 && !isFollower() && nanoTime.getAsLong() - lastOrder >= signEveryNanos) {
            send(Order.of(Order.Kind.WAIT));
        }
    }

    private void send(Order order) {
        ranks.broadcast(order.bytes(), 0);
        lastOrder = nanoTime.getAsLong();
    }

    /** Waits for rank 0's order. */
    public Order next() {
        watch.activity("the order after " + done);
        Order order;
        do {
            order = Order.read(ranks.broadcast(new byte[0], 0));
        } while (order.kind() == Order.Kind.WAIT);
        done = named(order);
        watch.activity(done);
        return order;
    }

    /** Returns what the ranks do together under this order, for messages. */
    private String named(Order order) {
        order.run().ifPresent(begun -> run = begun.run());
        return switch (order.kind()) {
            case BEGIN -> "the beginning of run '" + run + "'";
            case STEP -> "step " + order.step() + " of run '" + run + "'";
            case EVALUATE -> "an evaluation of run '" + run + "'";
            case END -> "the end of run '" + run + "'";
            case WAIT -> "a pause";
            case SHUT_DOWN -> "the end of the job";
        };
    }

    /** Shuts the other ranks down with rank 0, so their processes end gracefully. */
    void stop(@Observes @Priority(LAST) ShutdownEvent event) {
        if (!isFollower()) {
            give(Order.of(Order.Kind.SHUT_DOWN));
            leave();
        }
    }

    /** Leaves the job, and waits until all ranks do. Idempotent. */
    public void leave() {
        if (ranks instanceof MpiRanks job && !left) {
            left = true;
            job.close();
        }
    }
}
