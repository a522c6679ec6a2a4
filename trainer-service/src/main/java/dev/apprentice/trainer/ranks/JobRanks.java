package dev.apprentice.trainer.ranks;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.ranks.MpiRanks;
import dev.apprentice.model.ranks.OwnCard;
import dev.apprentice.model.ranks.RankFailedException;
import dev.apprentice.model.ranks.Ranks;
import dev.apprentice.trainer.TrainerSettings;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import org.jboss.logging.Logger;

/**
 * This trainer's place among the processes that mpirun has started; alone where it has not. Orders are given and taken by one
 * thread, the one that trains.
 */
@ApplicationScoped
public class JobRanks {

    private static final Logger LOG = Logger.getLogger(JobRanks.class);
    /** After everything that gives orders has ended. */
    private static final int LAST = 5_000;

    private final Ranks ranks;
    private boolean left;

    @Inject
    JobRanks(TrainerSettings settings) {
        this(MpiRanks.areThere(System.getenv()) ? join(settings.device()) : Ranks.ALONE);
    }

    public JobRanks(Ranks ranks) {
        this.ranks = ranks;
    }

    private static Ranks join(String device) {
        OwnCard.choose(device, System.getenv());
        Ranks joined = MpiRanks.join();
        LOG.infof("rank %d of %d, on %s", joined.rank(), joined.size(), joined.host());
        return joined;
    }

    /**
     * Ranks that compute otherwise than rank 0 would come to other weights, little by little.
     *
     * @param way how this one computes
     * @throws RankFailedException if one computes otherwise than rank 0
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

    /** Whether this process does what another says, and has no runs, no HTTP and no place in a consumer group of its own. */
    public boolean isFollower() {
        return ranks.rank() > 0;
    }

    /** Has the other ranks do something; rank 0's alone. */
    public void give(Order order) {
        if (ranks.size() > 1) {
            ranks.broadcast(order.bytes(), 0);
        }
    }

    /** Waits for what rank 0 says. */
    public Order next() {
        return Order.read(ranks.broadcast(new byte[0], 0));
    }

    /** Rank 0 takes the others with it; their jobs end in peace. */
    void stop(@Observes @Priority(LAST) ShutdownEvent event) {
        if (!isFollower()) {
            give(Order.of(Order.Kind.SHUT_DOWN));
            leave();
        }
    }

    /** Waits until all ranks leave. */
    public void leave() {
        if (ranks instanceof MpiRanks job && !left) {
            left = true;
            job.close();
        }
    }
}
