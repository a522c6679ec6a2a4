package dev.apprentice.dataset.batches;

import dev.apprentice.contracts.DataSource;
import dev.apprentice.contracts.Repeats;
import dev.apprentice.contracts.Run;
import dev.apprentice.contracts.Split;
import dev.apprentice.contracts.Training;
import dev.apprentice.dataset.DatasetMetrics;
import dev.apprentice.model.hub.DownloadListener;
import dev.apprentice.service.files.DurableFiles;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;

/** Turns the examples a run is bound to into its curriculum and its exam. */
@ApplicationScoped
public class LessonPlanner {

    /** Shares are fractions in floating point: 1 - 0.7 - 0.3 is not quite 0. */
    private static final double NO_SHARE = 1e-9;

    private final DatasetMetrics metrics;

    LessonPlanner(DatasetMetrics metrics) {
        this.metrics = metrics;
    }

    /**
     * Tokenises what trains and validates, and writes the examples that are held out.
     *
     * @param examples the file of the run's examples
     * @param exam the file to write the held-out ones to, as JSON lines
     * @param fetching hears of the model's files where it has to be fetched first
     * @throws PreparationException if it cannot be done, for a reason that the run's owner can mend
     * @throws IOException if the disk fails
     */
    public Lesson plan(Run run, Path examples, Path exam, DownloadListener fetching) throws IOException {
        try (RunFormat format = RunFormat.open(run, metrics, fetching)) {
            RowCollector rows = new RowCollector(format);
            Path unfinishedExam = exam.resolveSibling(exam.getFileName() + ".tmp");
            Questions questions = Questions.in(examples);
            SharedOut shared = new SharedOut(questions, Sharing.of(run.specification().data().split(), questions));
            shared.write(examples, unfinishedExam, rows);
            Lesson lesson = lesson(run, shared, rows, format);
            DurableFiles.sync(unfinishedExam);
            DurableFiles.moveIntoPlace(unfinishedExam, exam);
            return lesson;
        }
    }

    private Lesson lesson(Run run, SharedOut shared, RowCollector rows, RunFormat format) {
        DataSource data = run.specification().data();
        Training training = run.specification().training();
        requireEveryShare(data, rows.trainExamples(), shared.test(), rows.validationExamples(), shared.repeats());
        Curriculum curriculum = new Curriculum(
                run.run(), training, rows.trainRows(), rows.validationRows(), data.groupByLength().orElse(0));
        int leftOut = rows.leftOut();
        if (curriculum.trainBatches() == 0) {
            throw new PreparationException(("dataset '%s' leaves %d rows to train on (%d were left out as too long), which"
                            + " is less than one batch of %d; add examples, choose a smaller batch size, or a longer"
                            + " data.maxLength")
                    .formatted(data.dataset(), rows.trainRows().size(), leftOut, training.batchSize()));
        }
        metrics.rowsOverlong(data.overlong(), format.overlongRows());
        metrics.rowsWithoutTargets(format.withoutTargets());
        return new Lesson(curriculum, rows.trainExamples(), shared.test(), rows.validationExamples(), format.overlongRows(),
                leftOut, shared.repeats());
    }

    private static void requireEveryShare(DataSource data, int train, int test, int validation, Repeats repeats) {
        Split split = data.split();
        requireShare(data, "train", 1, train, repeats);
        requireShare(data, "test", split.test(), test, repeats);
        requireShare(data, "validation", split.validation(), validation, repeats);
    }

    private static void requireShare(DataSource data, String name, double share, int examples, Repeats repeats) {
        if (share > NO_SHARE && examples == 0) {
            String duplicates = repeats.repeated() == 0 ? "" : ", because " + repeats.inWords();
            throw new PreparationException(("dataset '%s' is too small to split: of its %d examples none is left for %s%s;"
                            + " add examples or change data.split")
                    .formatted(data.dataset(), repeats.examples(), name, duplicates));
        }
    }
}
