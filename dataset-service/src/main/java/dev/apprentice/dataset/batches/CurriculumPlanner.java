package dev.apprentice.dataset.batches;

import dev.apprentice.contracts.event.Repeats;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.contracts.run.DataSource.Duplicates;
import dev.apprentice.contracts.run.RunSpecification;
import dev.apprentice.contracts.run.Split;
import dev.apprentice.contracts.run.Split.Policy;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.dataset.AsyncWork;
import dev.apprentice.dataset.DatasetMetrics;
import dev.apprentice.dataset.run.RunFiles;
import dev.apprentice.dataset.table.Longs;
import dev.apprentice.dataset.table.Scratch;
import dev.apprentice.model.hub.DownloadListener;
import dev.apprentice.service.files.DurableFiles;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns a run's examples into its curriculum and its exam. */
@ApplicationScoped
public class CurriculumPlanner {

    private final DatasetMetrics metrics;

    CurriculumPlanner(DatasetMetrics metrics) {
        this.metrics = metrics;
    }

    /**
     * Tokenises the training and validation examples, and writes the test examples to a file.
     *
     * @param files of the run's examples
     * @param exam the file for the test examples, as JSON lines
     * @param fetching is informed of the model's files if they have to be downloaded first
     * @return the curriculum, to be closed once it is published
     * @throws PreparationException if the data cannot be prepared, for a reason that the run's owner can mend
     * @throws IOException if the disk fails
     */
    public PreparedData plan(Run run, RunFiles files, Path exam, DownloadListener fetching) throws IOException {
        DataSource data = run.specification().data();
        Scratch scratch = new Scratch(exam.toAbsolutePath().getParent());
        try (AsyncWork<Selection> selecting = AsyncWork.begin(() -> selection(run, files, scratch)); // while the tokenizer loads
                RunFormat format = RunFormat.open(run, metrics, fetching)) {
            Selection selection = selecting.result();
            int heldOut = heldOut(files, selection);
            AskedQuestions asked = new AskedQuestions(selection.questions(), heldOut, split(data), scratch);
            return plan(run, selection, asked, sharing(data, heldOut, selection, asked), exam, format,
                    new RowCollector(format, data, run.specification().training(), scratch), scratch);
        } catch (IOException | RuntimeException | Error e) {
            scratch.close();
            throw e;
        }
    }

    private static Selection selection(Run run, RunFiles files, Scratch scratch) throws IOException {
        return Selection.of(files.inOrder(), files.inOrder().size() - files.shared().size(),
                run.specification().data().duplicates().equals(Optional.of(Duplicates.ONCE)), scratch);
    }

    private PreparedData plan(Run run, Selection selection, AskedQuestions asked, Sharing sharing, Path exam, RunFormat format,
            RowCollector rows, Scratch scratch) throws IOException {
        try {
            Path unfinishedExam = exam.resolveSibling(exam.getFileName() + ".tmp");
            DataSource data = run.specification().data();
            SharedOut shared = new SharedOut(selection, asked, sharing, weights(run.specification(), selection), scratch);
            Leaks leaks = new Leaks(data.nearDuplicates().orElse(0.0));
            shared.write(unfinishedExam, rows, leaks);
            PreparedData alone = prepared(run, shared, rows, format, scratch);
            PreparedData whole = leaks.find(selection, sharing).map(alone::with).orElse(alone);
            DurableFiles.sync(unfinishedExam);
            DurableFiles.moveIntoPlace(unfinishedExam, exam);
            return whole;
        } catch (IOException | RuntimeException | Error e) {
            rows.close();
            throw e;
        }
    }

    /** Returns how many examples come from held-out files; these are first. */
    private static int heldOut(RunFiles files, Selection selection) {
        int heldOut = files.inOrder().size() - files.shared().size();
        return heldOut == 0 ? 0 : selection.ends()[heldOut - 1];
    }

    /** Assigns examples of held-out files, which come first, to test and validation; the split shares out the rest. */
    private static Sharing sharing(DataSource data, int heldOut, Selection selection, AskedQuestions asked) {
        int test = data.test().isPresent() ? selection.ends()[0] : 0;
        Sharing shared = Sharing.of(split(data), asked);
        return (index, example) -> index < test ? Share.TEST
                : index < heldOut ? Share.VALIDATION : shared.of(index - heldOut, example);
    }

    /** Returns the split without the shares that have files of their own. */
    private static Split split(DataSource data) {
        Split asked = data.split();
        double test = data.test().isPresent() ? 0 : asked.test();
        double validation = data.validation().isPresent() ? 0 : asked.validation();
        return data.test().isEmpty() && data.validation().isEmpty() ? asked : new Split(asked.policy(), 1 - test - validation, test);
    }

    private static SamplingWeights weights(RunSpecification run, Selection selection) {
        DataSource data = run.data();
        List<Double> weights = new ArrayList<>();
        Stream.of(data.test().stream(), data.validation().stream()).flatMap(parts -> parts).forEach(part -> weights.add(1.0));
        weights.add(data.weight().orElse(1.0));
        data.also().forEach(part -> weights.add(part.weight().orElse(1.0)));
        return new SamplingWeights(weights, selection.ends(), run.training().seed());
    }

    private PreparedData prepared(Run run, SharedOut shared, RowCollector rows, RunFormat format, Scratch scratch) throws IOException {
        DataSource data = run.specification().data();
        Training training = run.specification().training();
        requireEveryShare(data, rows.trainExamples(), shared.test(), rows.validationExamples(), shared.repeats());
        Longs order = scratch.longs();
        order.reserve(rows.trainRows().size());
        Curriculum curriculum = new Curriculum(
                run.run(), training, rows.trainRows(), rows.validationRows(), order, data.groupByLength().orElse(0));
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
                leftOut, shared.repeats(), rows.packedInWords() + rows.toolsLeftOutInWords(), rows.first(), () -> {
                    try (scratch) {
                        rows.close();
                    }
                });
    }

    private static void requireEveryShare(DataSource data, int train, int test, int validation, Repeats repeats) {
        requireShare(data, Share.TRAIN, train, repeats);
        requireShare(data, Share.TEST, test, repeats);
        requireShare(data, Share.VALIDATION, validation, repeats);
    }

    private static void requireShare(DataSource data, Share share, int examples, Repeats repeats) {
        if (OrderedShares.asksFor(split(data), share) && examples == 0) {
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
