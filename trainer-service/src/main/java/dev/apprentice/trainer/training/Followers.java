package dev.apprentice.trainer.training;

import dev.apprentice.contracts.event.Run;
import dev.apprentice.model.ranks.RankFailedException;
import dev.apprentice.trainer.batches.ReceivedBatch;
import dev.apprentice.trainer.checkpoint.SavedCheckpoint;
import dev.apprentice.trainer.ranks.JobRanks;
import dev.apprentice.trainer.ranks.Order;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Rank 0's side of a run that several ranks train; see {@link FollowerRun} for the other. Each method makes the others do what
 * rank 0 itself does right after. With a single rank, nothing happens.
 */
final class Followers implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Followers.class);

    private final JobRanks ranks;
    private Stage stage = Stage.BEGINNING;

    private enum Stage {
        /** The followers load the model. */
        BEGINNING,
        /** The followers wait for orders about this run. */
        FOLLOWING,
        /** The followers know that the run is over. */
        GONE
    }

    /** Makes the followers begin. */
    Followers(JobRanks ranks, Run run, Optional<SavedCheckpoint> from) {
        this.ranks = ranks;
        ranks.give(Order.begin(run, from.map(checkpoint -> checkpoint.state().step())));
    }

    /**
     * Waits until all followers are ready.
     *
     * @throws RankFailedException if a follower cannot begin
     */
    void awaitReady() {
        stage = Stage.GONE;
        ranks.all().together(() -> stage);
        stage = Stage.FOLLOWING;
    }

    /**
     * Makes the followers learn a step.
     *
     * @param step its number, from 1
     * @throws RankFailedException if a follower does not have these batches
     */
    void step(int step, List<ReceivedBatch> batches, double learningRate) {
        ranks.give(Order.step(step, batches.size(), batches.get(batches.size() - 1).offset(), learningRate));
        ranks.all().together(() -> batches);
    }

    void evaluate() {
        ranks.give(Order.of(Order.Kind.EVALUATE));
    }

    /** Shows the followers that rank 0 is alive while it waits for something itself. */
    void showLife() {
        ranks.showLife();
    }

    /** Ends the run on the followers, for any reason. */
    @Override
    public void close() {
        if (stage == Stage.FOLLOWING) {
            ranks.give(Order.of(Order.Kind.END));
        } else if (stage == Stage.BEGINNING && ranks.all().size() > 1) {
            try {
                ranks.all().together(() -> {
                    throw new NotBegunException();
                });
            } catch (NotBegunException e) {
                LOG.debug("the other ranks know that the run did not begin");
            }
        }
        stage = Stage.GONE;
    }

    private static final class NotBegunException extends RuntimeException {

        private NotBegunException() {
            super("the run did not begin there");
        }
    }
}
