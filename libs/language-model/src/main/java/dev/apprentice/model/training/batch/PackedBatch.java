package dev.apprentice.model.training.batch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.apprentice.model.ModelConfiguration;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.TokenBatch;
import dev.apprentice.model.torchscript.TorchScript;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A batch as the program takes it: the inputs of all rows in one flat list, without padding, and nothing computed twice. A
 * beginning that rows share, such as a prompt template's opening words, is in the list once. In a causal model, a token's
 * activations depend only on the tokens up to it.
 *
 * <pre>
 * rows          [5, 6, 7] and [5, 6, 8, 9]
 * tokens        5  6  8       inputs 5, 6 and 5, 6, 8
 * positions     0  1  2
 * slots         0  1  5       row * width + position, width = 3, of the first row that has the token
 * slotTokens    0  1  0 / 0  1  2     for each slot the place in tokens; 0 after the end of a row, where it is ignored
 * rowStarts     0  2  5       where each row's inputs would begin if the rows stood one after another
 * keptPlaces    0  1  2       the places in tokens that have a target; passed as an empty list if all have one
 * targetPlaces  0  1  1  2    for each target the index into keptPlaces
 * targets       6  7  8  9
 * targetCounts  2  1  1  1    the number of rows that have the target
 * </pre>
 */
public final class PackedBatch {

    private static final int SIZES_OF_AN_OCTAVE = 16;

    private static final long NO_DROPOUT = -1;

    private final int inputs;
    private final int targets;
    private final int rows;
    private final int width;
    private final long[] tokens;
    private final long[] parents;
    private final long[] positions;
    private final long[] slots;
    private final long[] slotTokens;
    private final long[] rowStarts;
    private final long[] keptPlaces;
    private final long[] targetPlaces;
    private final long[] targetIds;
    private final float[] targetCounts;

    /** @throws ModelException if a token is not in the vocabulary, or a row is longer than the context */
    public PackedBatch(TokenBatch batch, ModelConfiguration configuration) {
        this(batch, configuration, true);
    }

    /** @param alike whether rows share equal beginnings; must be false with dropout, which drops other inputs in each row */
    public PackedBatch(TokenBatch batch, ModelConfiguration configuration, boolean alike) {
        requireFits(batch, configuration);
        inputs = batch.inputs();
        rows = batch.rows();
        width = IntStream.of(batch.rowLengths()).max().orElseThrow() - 1;
        PrefixTree inputTree = new PrefixTree(inputs);
        PrefixTree targetTree = new PrefixTree(inputs);
        positions = new long[inputs];
        slots = new long[inputs];
        slotTokens = new long[rows * width];
        rowStarts = new long[rows + 1];
        targetCounts = new float[inputs];
        int count = 0;
        int start = 0;
        for (int row = 0; row < rows; row++) {
            int length = batch.rowLengths()[row];
            int place = alike ? PrefixTree.ROOT : PrefixTree.ROOT - row;
            for (int position = 0; position < length - 1; position++) {
                int known = inputTree.size();
                place = inputTree.child(place, batch.tokens()[start + position]);
                int slot = row * width + position;
                slotTokens[slot] = place;
                if (place == known) {
                    positions[place] = position;
                    slots[place] = slot;
                }
                if (!batch.answerOnly() || position + 1 >= batch.promptLengths()[row]) {
                    targetCounts[targetTree.child(place, batch.tokens()[start + position + 1])]++;
                    count++;
                }
            }
            start += length;
            rowStarts[row + 1] = rowStarts[row] + length - 1;
        }
        targets = count;
        tokens = inputTree.tokens();
        parents = inputTree.parents();
        long[] places = targetTree.parents();
        keptPlaces = LongStream.of(places).sorted().distinct().toArray();
        targetPlaces = LongStream.of(places).map(at -> Arrays.binarySearch(keptPlaces, at)).toArray();
        targetIds = targetTree.tokens();
    }

    private static void requireFits(TokenBatch batch, ModelConfiguration configuration) {
        for (int token : batch.tokens()) {
            if (token < 0 || token >= configuration.vocabularySize()) {
                throw new ModelException("token id " + token + " is not in the model's vocabulary of "
                        + configuration.vocabularySize() + "; was the batch made with another tokenizer?");
            }
        }
        for (int length : batch.rowLengths()) {
            if (length - 1 > configuration.contextLength()) {
                throw new ModelException("a row has " + (length - 1) + " input tokens, but the model's context holds "
                        + configuration.contextLength() + "; set maxLength to at most that");
            }
        }
    }

    /** Returns the number of targets; may be 0 if only answers count. */
    public int targets() {
        return targets;
    }

    public int inputs() {
        return inputs;
    }

    /** Returns the number of predictions to compute. A target that several rows have after the same beginning counts once. */
    public int predicted() {
        return targetIds.length;
    }

    /** Returns the number of inputs to compute. An input in a beginning that rows share counts once. */
    public int computed() {
        return tokens.length;
    }

    /** Returns the number of computed inputs that have a target. The last block's feed-forward part computes only these. */
    public int kept() {
        return keptPlaces.length;
    }

    /** Appends the batch to a call's arguments: a list of tensors, and the shape. There is no dropout. */
    public TorchScript.Call passTo(TorchScript.Call call, NDManager manager) {
        return passTo(call, manager, NO_DROPOUT, false);
    }

    /**
     * Appends the batch to a call's arguments, with options for a training step.
     *
     * @param dropoutSeed the seed of the dropout, if the settings have one; at least 0
     * @param inBfloat16 whether to append tokens and targets that do not count, up to a {@linkplain #rounded(int) round number},
     *     and to avoid fused attention unless the device is a graphics card
     */
    public TorchScript.Call passTo(TorchScript.Call call, NDManager manager, long dropoutSeed, boolean inBfloat16) {
        int places = inBfloat16 ? rounded(tokens.length) : tokens.length;
        int kept = inBfloat16 ? rounded(keptPlaces.length) : keptPlaces.length;
        int predictions = inBfloat16 ? rounded(targetIds.length) : targetIds.length;
        Optional<AttentionMask> mask = inBfloat16 && !manager.getDevice().isGpu()
                ? AttentionMask.of(parents, places, rows, width)
                : Optional.empty();
        boolean isTree = mask.filter(AttentionMask::isTree).isPresent();
        if (!isTree && places == rows * width) {
            // if there is a token for each slot of the grid, the program assumes that the tokens are in the grid's order
            places = tokens.length;
        }
        long[] shape = isTree ? new long[] {1, places, dropoutSeed} : new long[] {rows, width, dropoutSeed};
        return call.with(List.of(
                        manager.create(Arrays.copyOf(tokens, places)),
                        manager.create(Arrays.copyOf(positions, places)),
                        manager.create(Arrays.copyOf(slots, places)),
                        manager.create(slotTokens),
                        mask.map(there -> manager.create(there.scores(), new Shape(there.width(), there.width())))
                                .orElseGet(() -> manager.create(new float[0])),
                        manager.create(kept() == computed() ? new long[0] : Arrays.copyOf(keptPlaces, kept)),
                        manager.create(Arrays.copyOf(targetPlaces, predictions)),
                        manager.create(Arrays.copyOf(targetIds, predictions)),
                        manager.create(Arrays.copyOf(targetCounts, predictions)),
                        manager.create(new int[0])))
                .withAll(shape);
    }

    /**
     * Appends the batch to a call's arguments as one tensor, which needs one copy to a graphics card: all its integers, then the
     * length of each part, then the shape. A batch without gaps also has the rows' beginnings.
     *
     * @param withoutGaps whether rows stand one after another instead of in a grid as wide as the longest
     */
    public TorchScript.Call passInOneTo(TorchScript.Call call, NDManager manager, long dropoutSeed, boolean withoutGaps) {
        long[] counts = new long[targetCounts.length];
        Arrays.setAll(counts, i -> (long) targetCounts[i]);
        long[][] parts = {
            tokens,
            Arrays.copyOf(positions, tokens.length),
            withoutGaps ? withoutGaps(Arrays.copyOf(slots, tokens.length)) : Arrays.copyOf(slots, tokens.length),
            withoutGaps ? tokensWithoutGaps() : slotTokens,
            {},
            kept() == computed() ? new long[0] : keptPlaces,
            targetPlaces,
            targetIds,
            Arrays.copyOf(counts, targetIds.length),
            withoutGaps ? rowStarts : new long[0]
        };
        return call.with(manager.create(Arrays.stream(parts).flatMapToLong(Arrays::stream).toArray()))
                .withAll(Arrays.stream(parts).mapToLong(part -> part.length).toArray())
                .withAll(rows, width, dropoutSeed);
    }

    private long[] withoutGaps(long[] places) {
        return LongStream.of(places)
                .map(slot -> rowStarts[(int) (slot / width)] + slot % width)
                .toArray();
    }

    private long[] tokensWithoutGaps() {
        long[] result = new long[inputs];
        for (int row = 0; row < rows; row++) {
            int start = (int) rowStarts[row];
            System.arraycopy(slotTokens, row * width, result, start, (int) rowStarts[row + 1] - start);
        }
        return result;
    }

    /**
     * Rounds up to one of 16 numbers between each power of 2 and the next. In bfloat16, PyTorch compiles its matrix multiplication
     * for each new shape. With round numbers there are about a hundred shapes, which are soon all compiled. The appended tokens
     * cost 3 %.
     */
    public static int rounded(int count) {
        int step = Math.max(1, Integer.highestOneBit(count) / SIZES_OF_AN_OCTAVE);
        return (count + step - 1) / step * step;
    }
}
