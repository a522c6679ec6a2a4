package dev.apprentice.dataset.batches;

import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.event.Batch.SplitName;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.dataset.table.Longs;
import dev.apprentice.model.tokenizer.Collation;
import dev.apprentice.model.tokenizer.Row;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * All batches of a run in their order: first the validation batches, then each epoch's training batches in that epoch's shuffled
 * order. The result depends only on the rows and the hyper-parameters.
 */
public final class Curriculum {

    private static final int VALIDATION_EPOCH = 0;

    private final String run;
    private final Training training;
    private final List<Row> trainRows;
    private final List<Row> validationRows;
    private final Optional<LengthGroups> groups;
    private final int trainBatches;
    private final int validationBatches;
    private final Longs order;
    private int orderedEpoch;

    /**
     * @param order scratch memory for the order of an epoch's rows, with room for all of them
     * @param groupByLength how many examples at a time are grouped by length, 0 for no grouping
     */
    Curriculum(String run, Training training, List<Row> trainRows, List<Row> validationRows, Longs order, int groupByLength) {
        this.order = order;
        this.run = run;
        this.training = training;
        this.trainRows = trainRows;
        this.validationRows = validationRows;
        this.groups = groupByLength > 0
                ? Optional.of(new LengthGroups(groupByLength, training.batchSize(), row -> trainRows.get(row).ids().length))
                : Optional.empty();
        this.trainBatches = training.dropLast()
                ? trainRows.size() / training.batchSize()
                : batchesToHold(trainRows.size());
        this.validationBatches = batchesToHold(validationRows.size());
    }

    /** Returns the number of training batches in an epoch. */
    int trainBatches() {
        return trainBatches;
    }

    /** Returns the number of all batches. */
    public int size() {
        return Math.addExact(validationBatches, Math.multiplyExact(training.epochs(), trainBatches));
    }

    /** Returns the batch at a place, from 0. */
    Batch batch(int place) {
        if (place < validationBatches) {
            return batch(SplitName.VALIDATION, VALIDATION_EPOCH, place, validationBatches, rows(place, validationRows.size())
                    .mapToObj(validationRows::get)
                    .toList());
        }
        int epoch = 1 + (place - validationBatches) / trainBatches;
        int index = (place - validationBatches) % trainBatches;
        orderFor(epoch);
        return batch(SplitName.TRAIN, epoch, index, trainBatches, rows(index, trainRows.size())
                .mapToObj(row -> trainRows.get((int) order.get(row)))
                .toList());
    }

    /** Returns the place that the batch has by its split, epoch and index; it may lie beyond the curriculum. */
    int placeOf(Batch batch) {
        return batch.split() == SplitName.VALIDATION
                ? batch.index()
                : validationBatches + (batch.epoch() - 1) * trainBatches + batch.index();
    }

    private IntStream rows(int index, int available) {
        int first = index * training.batchSize();
        return IntStream.range(first, Math.min(first + training.batchSize(), available));
    }

    private void orderFor(int epoch) {
        if (orderedEpoch != epoch) {
            Shuffle.order(order, trainRows.size(), training.seed(), epoch);
            groups.ifPresent(lengths -> lengths.group(order, trainRows.size(), training.seed(), epoch));
            orderedEpoch = epoch;
        }
    }

    private int batchesToHold(int rows) {
        return (rows + training.batchSize() - 1) / training.batchSize();
    }

    private Batch batch(SplitName split, int epoch, int index, int of, List<Row> rows) {
        Collation ragged = Collation.of(rows);
        return new Batch(
                run, split, epoch, index, Optional.of(of), ragged.tokens(), ragged.lengths(), ragged.promptLengths());
    }
}
