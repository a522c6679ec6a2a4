package dev.apprentice.contracts.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.Require;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One tokenised batch, ragged: no padding travels.
 *
 * <pre>
 * tokens        = [5, 6, 7, 8, 9]    two rows: [5, 6, 7] and [8, 9]
 * rowLengths    = [3, 2]
 * promptLengths = [2, 1]             of the first row, 5 and 6 are the prompt's
 * </pre>
 *
 * Each row ends with the end-of-text token unless it was truncated.
 *
 * @param run the run that learns it
 * @param split the split that its examples come from
 * @param epoch counted from 1; 0 for validation
 * @param index its position in the split and epoch, from 0
 * @param of how many batches the split and epoch have; empty while unknown
 * @param tokens all rows' token ids, one after the other
 * @param rowLengths tokens in each row
 * @param promptLengths how many of a row's leading tokens belong to the prompt
 * @param examples of a stream: the id of each row's example
 * @param replayed of a stream: how many of the last rows were learned before and are repeated against forgetting
 * @param instructionOffsets of a stream: for each partition of the instructions topic with new rows in the batch, the offset after
 *     the last of them
 * @param oldestInstructionAt of a stream: when the first of its new rows was written to the instructions topic
 * @param newestInstructionAt of a stream: when the last of them was
 */
public record Batch(
        String run,
        SplitName split,
        int epoch,
        int index,
        Optional<Integer> of,
        int[] tokens,
        int[] rowLengths,
        int[] promptLengths,
        Optional<List<String>> examples,
        Optional<Integer> replayed,
        Optional<Map<Integer, Long>> instructionOffsets,
        Optional<Instant> oldestInstructionAt,
        Optional<Instant> newestInstructionAt)
        implements Event {

    /** The two splits that training reads; the third is the exam. */
    public enum SplitName {
        @JsonProperty("validation")
        VALIDATION,
        @JsonProperty("train")
        TRAIN
    }

    public Batch {
        Require.name(run, "run");
        Require.present(split, "split");
        Require.atLeast(0, epoch, "epoch");
        Require.atLeast(0, index, "index");
        Require.present(tokens, "tokens");
        Require.present(rowLengths, "rowLengths");
        Require.present(promptLengths, "promptLengths");
        examples = examples.map(List::copyOf);
        instructionOffsets = instructionOffsets.map(Map::copyOf);
        if (rowLengths.length == 0 || rowLengths.length != promptLengths.length) {
            throw new InvalidEventException("fields 'rowLengths' and 'promptLengths' have " + rowLengths.length + " and "
                    + promptLengths.length + " entries; both need one for each row");
        }
        if (IntStream.of(rowLengths).asLongStream().sum() != tokens.length) {
            throw new InvalidEventException("field 'rowLengths' adds up to "
                    + IntStream.of(rowLengths).asLongStream().sum() + ", but there are " + tokens.length + " tokens");
        }
        int rows = rowLengths.length;
        examples.filter(ids -> ids.size() != rows).ifPresent(ids -> {
            throw new InvalidEventException("field 'examples' has " + ids.size() + " entries; it needs one for each of the "
                    + rows + " rows");
        });
        replayed.ifPresent(count -> Require.between(0, rows, count.doubleValue(), "replayed"));
        for (int row = 0; row < rowLengths.length; row++) {
            if (rowLengths[row] < 2 || promptLengths[row] < 0 || promptLengths[row] > rowLengths[row]) {
                throw new InvalidEventException("row " + row + " has " + rowLengths[row] + " tokens of which "
                        + promptLengths[row] + " are the prompt's; a row has at least 2, and no more prompt than row");
            }
        }
    }

    /** A batch of a dataset. */
    public Batch(
            String run,
            SplitName split,
            int epoch,
            int index,
            Optional<Integer> of,
            int[] tokens,
            int[] rowLengths,
            int[] promptLengths) {
        this(run, split, epoch, index, of, tokens, rowLengths, promptLengths, Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Returns how many rows it holds. */
    public int rows() {
        return rowLengths.length;
    }

    @Override
    public String key() {
        return split.name().toLowerCase(java.util.Locale.ROOT) + "/" + epoch + "/" + index;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Batch that
                && run.equals(that.run)
                && split == that.split
                && epoch == that.epoch
                && index == that.index
                && of.equals(that.of)
                && Arrays.equals(tokens, that.tokens)
                && Arrays.equals(rowLengths, that.rowLengths)
                && Arrays.equals(promptLengths, that.promptLengths)
                && examples.equals(that.examples)
                && replayed.equals(that.replayed)
                && instructionOffsets.equals(that.instructionOffsets)
                && oldestInstructionAt.equals(that.oldestInstructionAt)
                && newestInstructionAt.equals(that.newestInstructionAt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(run, split, epoch, index, of, Arrays.hashCode(tokens));
    }

    @Override
    public String toString() {
        return "Batch[" + run + " " + key() + ", " + rows() + " rows, " + tokens.length + " tokens]";
    }
}
