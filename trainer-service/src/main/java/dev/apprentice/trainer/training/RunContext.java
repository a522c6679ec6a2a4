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
 * @param run what is to be done
 * @param folder the run's own folder
 * @param events publishes what becomes of it
 * @param report words these events
 * @param metrics what can be watched
 * @param stop when work is to end
 * @param turn when another run should be worked on
 * @param schedule when its checkpoints are due
 * @param unpublished what it has learned since its last checkpoint
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

    /** Whether its batches have no end. */
    boolean isStream() {
        return run.specification().data().source() == Source.STREAM;
    }
}
