package dev.apprentice.trainer.training;

import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.DataSource.Source;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.TokenBatch;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.ranks.RankFailedException;
import dev.apprentice.model.training.FineTuning;
import dev.apprentice.trainer.batches.BatchFeed;
import dev.apprentice.trainer.batches.EvaluationSet;
import dev.apprentice.trainer.batches.ReceivedBatch;
import dev.apprentice.trainer.checkpoint.CheckpointStore;
import dev.apprentice.trainer.checkpoint.SavedCheckpoint;
import dev.apprentice.trainer.checkpoint.TrainingState;
import dev.apprentice.trainer.ranks.JobRanks;
import dev.apprentice.trainer.ranks.Order;
import dev.apprentice.trainer.run.StopSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * A run on a follower. It has its own copy of weights and optimizer state, and its own position in the run's topic. It computes
 * its share of each step's rows. It publishes nothing and writes nothing.
 */
public final class FollowerRun implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(FollowerRun.class);

    private final Run run;
    private final Training training;
    private final JobRanks ranks;
    private final BatchFeed curriculum;
    private final StopSignal stop;
    private Optional<LanguageModel> model = Optional.empty();
    private Optional<FineTuning> fineTuning = Optional.empty();
    private EvaluationSet evaluationSet;

    /** @param curriculum closed with this */
    public FollowerRun(Run run, JobRanks ranks, BatchFeed curriculum, StopSignal stop) {
        this.run = run;
        this.training = run.specification().training();
        this.ranks = ranks;
        this.curriculum = curriculum;
        this.stop = stop;
    }

    /**
     * Obeys rank 0 until the run ends. A failure of one rank is reported to all ranks, and rank 0 decides what follows.
     *
     * @param step step of the checkpoint to resume from; empty to begin anew
     * @param store the store with the run's checkpoints
     */
    public void follow(Optional<Integer> step, CheckpointStore store, TrainingDevice device) {
        try {
            ranks.all().together(() -> begin(step, store, device));
        } catch (RankFailedException e) {
            LOG.warnf(e, "the run does not begin: %s", e.getMessage());
            return;
        }
        try {
            fineTuning.orElseThrow().requireAlike();
        } catch (RankFailedException e) {
            LOG.warnf(e, "the run does not go on: %s", e.getMessage());
        }
        for (Order order = ranks.next(); order.kind() != Order.Kind.END; order = ranks.next()) {
            try {
                obey(order);
            } catch (RankFailedException e) {
                LOG.warnf(e, "%s", e.getMessage());
            }
        }
    }

    private FineTuning begin(Optional<Integer> step, CheckpointStore store, TrainingDevice device) {
        Optional<SavedCheckpoint> from = step.map(number -> checkpoint(number, store));
        boolean isStream = run.specification().data().source() == Source.STREAM;
        evaluationSet = curriculum.readEvaluationSet(training.evaluationBatches(), isStream, missing(0)::look);
        LanguageModel loaded = Tuning.load(run, base(), from, device.device());
        model = Optional.of(loaded);
        FineTuning tuning = new FineTuning(loaded, Tuning.settings(training), ranks.all());
        fineTuning = Optional.of(tuning);
        from.ifPresent(checkpoint -> tuning.loadState(checkpoint.optimizerState()));
        curriculum.goOnAfter(from.map(SavedCheckpoint::state).orElseGet(() -> TrainingState.start(training.seed())
                .beginningAt(evaluationSet.firstTrainingBatch().offset())));
        return tuning;
    }

    private ModelFolder base() {
        try {
            return BaseModel.open(run.specification().model(), stop, () -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static SavedCheckpoint checkpoint(int step, CheckpointStore store) {
        try {
            return store.at(step);
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint of step " + step + " cannot be read here (" + e.getMessage()
                    + "); all ranks need the same apprentice.trainer.home, on storage that their machines share", e);
        }
    }

    private void obey(Order order) {
        FineTuning tuning = fineTuning.orElseThrow();
        if (order.kind() == Order.Kind.EVALUATE) {
            EvaluationSet.loss(tuning, evaluationSet.train(), training.maskInstruction(), stop);
            EvaluationSet.loss(tuning, evaluationSet.validation(), training.maskInstruction(), stop);
        } else {
            tuning.step(ranks.all().together(() -> read(order)), order.learningRate());
        }
    }

    private static MissingBatch missing(long offset) {
        return new MissingBatch(offset, LOG::warn, System::nanoTime);
    }

    private List<TokenBatch> read(Order order) {
        List<ReceivedBatch> batches =
                Stream.generate(() -> curriculum.next(missing(order.lastOffset())::look)).limit(order.batches()).toList();
        long last = batches.get(batches.size() - 1).offset();
        if (last != order.lastOffset()) {
            throw new IllegalStateException("the step's last batch is at offset " + last + " here and at " + order.lastOffset()
                    + " on rank 0; do both read from the same Kafka?");
        }
        return batches.stream().map(received -> received.tokens(training.maskInstruction())).toList();
    }

    @Override
    public void close() {
        fineTuning.ifPresent(FineTuning::close);
        model.ifPresent(LanguageModel::close);
        curriculum.close();
    }
}
