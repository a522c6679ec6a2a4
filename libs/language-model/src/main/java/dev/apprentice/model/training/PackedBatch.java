package dev.apprentice.model.training;

import ai.djl.ndarray.NDManager;
import dev.apprentice.model.ModelConfiguration;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.TokenBatch;
import dev.apprentice.model.torchscript.TorchScript;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A batch as the program takes it: inputs of all rows in one flat list without padding.
 *
 * <pre>
 * rows          [5, 6, 7] and [8, 9]
 * tokens        5  6  8
 * positions     0  1  0
 * slots         0  1  2      row * width + position, width = 2
 * targetPlaces  0  1  2      where in the list there is something to predict
 * targets       6  7  9
 * </pre>
 */
final class PackedBatch {

    private final int rows;
    private final int width;
    private final long[] tokens;
    private final long[] positions;
    private final long[] slots;
    private final long[] targetPlaces;
    private final long[] targets;

    /** @throws ModelException if a token is not in the vocabulary, or a row is longer than the context */
    PackedBatch(TokenBatch batch, ModelConfiguration configuration) {
        requireFits(batch, configuration);
        rows = batch.rows();
        width = IntStream.of(batch.rowLengths()).max().orElseThrow() - 1;
        tokens = new long[batch.inputs()];
        positions = new long[tokens.length];
        slots = new long[tokens.length];
        long[] places = new long[tokens.length];
        long[] following = new long[tokens.length];
        int input = 0;
        int count = 0;
        int start = 0;
        for (int row = 0; row < rows; row++) {
            int length = batch.rowLengths()[row];
            for (int position = 0; position < length - 1; position++) {
                tokens[input] = batch.tokens()[start + position];
                positions[input] = position;
                slots[input] = (long) row * width + position;
                if (!batch.answerOnly() || position + 1 >= batch.promptLengths()[row]) {
                    places[count] = input;
                    following[count++] = batch.tokens()[start + position + 1];
                }
                input++;
            }
            start += length;
        }
        targetPlaces = Arrays.copyOf(places, count);
        targets = Arrays.copyOf(following, count);
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
    int targets() {
        return targets.length;
    }

    int inputs() {
        return tokens.length;
    }

    /** Appends its tensors to a call's arguments: tokens, positions, slots, shape, target places, targets. */
    TorchScript.Call passTo(TorchScript.Call call, NDManager manager) {
        return call.with(manager.create(tokens))
                .with(manager.create(positions))
                .with(manager.create(slots))
                .with(manager.create(new long[] {rows, width}))
                .with(manager.create(targetPlaces))
                .with(manager.create(targets));
    }
}
