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
 * A batch as the program takes it: inputs of all rows in one flat list, without padding, and without computing anything
 * twice. What rows begin with in common, such as a prompt template's opening words, is in the list once: in a causal
 * model a token's activations depend on nothing but the tokens before it.
 *
 * <pre>
 * rows          [5, 6, 7] and [5, 6, 8, 9]
 * tokens        5  6  8       inputs 5, 6 and 5, 6, 8
 * positions     0  1  2
 * slots         0  1  5       row * width + position, width = 3, of the first row that has it
 * slotTokens    0  1  0 / 0  1  2     for each slot the place in tokens; 0 behind the end of a row, where it does not matter
 * rowStarts     0  2  5       where each row's inputs would begin if they stood one behind the other
 * keptPlaces    0  1  2       where in the list there is something to predict; nothing if that is everywhere
 * targetPlaces  0  1  1  2    where among them
 * targets       6  7  8  9
 * targetCounts  2  1  1  1    in how many rows
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

    /** @param alike whether rows that begin alike stay alike: with dropout, each is to lose inputs of its own */
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

    /** How many targets it has; can be 0 where only answers count. */
    public int targets() {
        return targets;
    }

    public int inputs() {
        return inputs;
    }

    /** How many predictions are computed: one for a target that several rows have behind the same beginning. */
    public int predicted() {
        return targetIds.length;
    }

    /** How many of the inputs are computed, because no other row begins with the same. */
    public int computed() {
        return tokens.length;
    }

    /** How many of those something is predicted from: the last block's feed-forward part is for them alone. */
    public int kept() {
        return keptPlaces.length;
    }

    /**
     * Appends it to a call's arguments: a list of tensors, and the shape. Nothing is left out.
     */
    public TorchScript.Call passTo(TorchScript.Call call, NDManager manager) {
        return passTo(call, manager, NO_DROPOUT, false);
    }

    /**
     * Appends it with what a step of training needs besides.
     *
     * @param dropoutSeed says what is left out where the settings have a dropout; at least 0
     * @param inBfloat16 whether to append tokens and targets that do not count, up to a {@linkplain #rounded(int) round
     *     number}, and to do without fused attention unless there is a graphics card for it
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
            // the program takes as many tokens as the grid has slots for tokens that are in order already
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
     * Appends it to a call's arguments in one piece, which takes one copy to a graphics card: all its whole numbers, how
     * many belong to each part, and the shape. A batch that is computed without gaps has the rows' beginnings as well.
     *
     * @param withoutGaps whether rows stand one behind the other instead of in a grid as wide as the longest
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
     * The next number of which there are 16 from one power of 2 to the next. In bfloat16, PyTorch's matrix multiplication
     * is compiled for each new shape, and a hundred shapes are soon compiled once for all; the appended tokens cost 3 %.
     */
    public static int rounded(int count) {
        int step = Math.max(1, Integer.highestOneBit(count) / SIZES_OF_AN_OCTAVE);
        return (count + step - 1) / step * step;
    }
}
