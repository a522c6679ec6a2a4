package dev.apprentice.trainer.training;

import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.DataSource.Source;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.trainer.checkpoint.CheckpointSchedule;
import dev.apprentice.trainer.progress.ProgressReport;
import dev.apprentice.trainer.progress.RunEvents;
import dev.apprentice.trainer.progress.TrainingMetrics;
import dev.apprentice.trainer.run.StopSignal;
import java.nio.file.Path;

/**
 * A run that is being worked on, and what all parts of that work need.
 *
 * @param run the run
 * @param folder the run's own folder
 * @param events publishes the run's events
 * @param report builds these events
 * @param metrics metrics of the training
 * @param stop tells when work has to stop
 * @param turn tells when another run should be worked on
 * @param schedule tells when the run's checkpoints are due
 * @param unpublished what the run has learned since its last published checkpoint
 */
public record RunContext(
        Run run,
        Path folder,
        RunEvents events,
        ProgressReport report,
        TrainingMetrics metrics,
        StopSignal stop,
        TrainingTurn turn,
        CheckpointSchedule schedule,
        Unpublished unpublished) {

    Training training() {
        return run.specification().training();
    }

    /** Tells whether the run learns from a stream, whose batches have no end. */
    boolean isStream() {
        return run.specification().data().source() == Source.STREAM;
    }
}
