package dev.apprentice.dataset.preparation;

import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.dataset.run.RunFolder;
import java.io.IOException;
import java.util.function.BiConsumer;
import org.apache.kafka.common.KafkaException;

/** Runs whose examples have no end. */
public interface StreamRuns {

    /**
     * Binds a new run to its dataset as it now is: from here on nothing that joins is missed. Bound again, it stays as it
     * was.
     *
     * @throws KafkaException if the broker cannot be asked where the dataset stands
     */
    void bind(RunFolder folder, Run run) throws IOException;

    /**
     * Publishes batches of what the dataset held and of what comes, until the run is no longer wanted, has failed, or is
     * another instance's.
     * Called again, it goes on where the log ends.
     *
     * @param waited whether the run's owner was told that it waits for the disk, and is to be told when it does no more
     * @param tell tells the run's owner something
     * @throws dev.apprentice.dataset.batches.PreparationException if it cannot be done, for a reason that the run's owner can mend
     */
    void publish(RunFolder folder, Run run, boolean waited, BiConsumer<Phase, String> tell) throws IOException;
}
