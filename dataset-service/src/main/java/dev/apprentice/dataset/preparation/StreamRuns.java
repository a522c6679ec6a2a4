package dev.apprentice.dataset.preparation;

import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.dataset.run.RunFolder;
import java.io.IOException;
import java.util.function.BiConsumer;
import org.apache.kafka.common.KafkaException;

/** Binds and publishes runs whose examples keep coming. */
public interface StreamRuns {

    /**
     * Binds a new run to its dataset as it is now, so that it misses nothing that joins from here on. A bound run stays as it is.
     *
     * @throws KafkaException if the broker does not return the dataset's position
     */
    void bind(RunFolder folder, Run run) throws IOException;

    /**
     * Publishes batches of what the dataset held and of what comes. Returns when the run is no longer wanted, has failed, or
     * belongs to another instance. Another call continues where the log ends.
     *
     * @param waited whether the run's owner was informed that it waits for the disk, and should learn that it goes on
     * @param tell receives phases and messages for the run's owner
     * @throws dev.apprentice.dataset.batches.PreparationException if it cannot be done, for a reason that the run's owner can
     *     mend
     */
    void publish(RunFolder folder, Run run, boolean waited, BiConsumer<Phase, String> tell) throws IOException;
}
