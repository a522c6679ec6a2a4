package dev.apprentice.dataset.batches;

import dev.apprentice.contracts.DataSource;
import dev.apprentice.contracts.DataSource.Duplicates;
import dev.apprentice.contracts.Repeats;
import dev.apprentice.contracts.Run;
import dev.apprentice.contracts.Split.Policy;
import dev.apprentice.contracts.Training;
import dev.apprentice.dataset.DatasetMetrics;
import dev.apprentice.model.hub.DownloadListener;
import dev.apprentice.service.files.DurableFiles;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Turns the examples a run is bound to into its curriculum and its exam. */
@ApplicationScoped
public class LessonPlanner {

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
    public PreparedData plan(Run run, Path examples, Path exam, DownloadListener fetching) throws IOException {
        try (RunFormat format = RunFormat.open(run, metrics, fetching)) {
            RowCollector rows = new RowCollector(format);
            Path unfinishedExam = exam.resolveSibling(exam.getFileName() + ".tmp");
            DataSource data = run.specification().data();
            Selection selection = Selection.of(examples, data.duplicates().equals(Optional.of(Duplicates.ONCE)));
            Sharing sharing = Sharing.of(data.split(), selection.questions());
            SharedOut shared = new SharedOut(selection, sharing);
            shared.write(unfinishedExam, rows);
            PreparedData lesson = lesson(run, shared, rows, format);
            double share = data.nearDuplicates().orElse(0.0);
            if (share > 0) {
                lesson = lesson.with(Leaks.find(selection, sharing, share));
            }
            DurableFiles.sync(unfinishedExam);
            DurableFiles.moveIntoPlace(unfinishedExam, exam);
            return lesson;
        }
    }

    private PreparedData lesson(Run run, SharedOut shared, RowCollector rows, RunFormat format) {
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
        return new PreparedData(curriculum, rows.trainExamples(), shared.test(), rows.validationExamples(), format.overlongRows(),
                leftOut, shared.repeats(), rows.first());
    }

    private static void requireEveryShare(DataSource data, int train, int test, int validation, Repeats repeats) {
        requireShare(data, Share.TRAIN, train, repeats);
        requireShare(data, Share.TEST, test, repeats);
        requireShare(data, Share.VALIDATION, validation, repeats);
    }

    private static void requireShare(DataSource data, Share share, int examples, Repeats repeats) {
        if (OrderedShares.asksFor(data.split(), share) && examples == 0) {
            String duplicates = repeats.repeated() == 0 ? "" : ", because " + repeats.inWords();
            throw new PreparationException(("dataset '%s' is too small to split: of its %d examples none is left for %s%s;"
                            + " add examples, or choose %s for data.split.policy, %s")
                    .formatted(data.dataset(), repeats.examples(), share.name().toLowerCase(Locale.ROOT), duplicates,
                            data.split().policy() == Policy.ORDERED ? "position" : "ordered",
                            data.split().policy() == Policy.ORDERED
                                    ? "which goes by place alone"
                                    : "which gives each part a question at least"));
        }
    }
}
