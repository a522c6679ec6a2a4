package dev.apprentice.model.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.apprentice.model.network.Network;
import dev.apprentice.model.torchscript.TorchScript;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The keys and values of all tokens so far, so that each step computes only one token per row. Each row writes at its own
 * position. Padding is only the unused room at the ends of shorter rows.
 */
final class KeyValueCache implements AutoCloseable {

    /** The granularity of the capacity, in tokens. Large enough to copy the cache seldom, small enough to waste little. */
    private static final int STEP = 64;

    private final Network network;
    private int capacity;
    private NDManager manager;
    private List<NDArray> tensors;

    /** @param width the number of tokens of the longest prompt */
    KeyValueCache(Network network, int rows, int width) {
        this.network = network;
        this.capacity = withRoom(width);
        manager = network.newManager();
        try (NDManager temporary = network.newManager()) {
            keep(network.method("new_cache")
                    .with(network.operands())
                    .with((long) rows)
                    .with((long) capacity)
                    .run(temporary));
        }
    }

    /** Returns a capacity for these tokens and at least 64 more: a multiple of 64, which suits a graphics card's attention. */
    private static int withRoom(int tokens) {
        return (tokens + STEP) / STEP * STEP + STEP;
    }

    /** Reads whole prompts. Returns the logits for the token after each, [rows, vocabulary]. */
    NDArray readPrompts(List<Continuation> rows, NDManager temporary) {
        int width = rows.stream().mapToInt(Continuation::promptLength).max().orElseThrow();
        int total = rows.stream().mapToInt(Continuation::promptLength).sum();
        long[] tokens = new long[total];
        long[] positions = new long[total];
        long[] slots = new long[total];
        long[] last = new long[rows.size()];
        int input = 0;
        for (int row = 0; row < rows.size(); row++) {
            for (int position = 0; position < rows.get(row).promptLength(); position++) {
                tokens[input] = rows.get(row).id(position);
                positions[input] = position;
                slots[input] = (long) row * width + position;
                last[row] = input++;
            }
        }
        return network.method("read_prompts")
                .with(network.operands())
                .with(temporary.create(tokens))
                .with(temporary.create(positions))
                .with(temporary.create(slots))
                .with((long) rows.size())
                .with((long) width)
                .with(temporary.create(last))
                .with(tensors)
                .run(temporary)
                .get(0);
    }

    /** Reads each row's last token. Returns the logits for the token after it, [rows, vocabulary]. */
    NDArray readNext(List<Continuation> rows, NDManager temporary) {
        long[] positions = rows.stream().mapToLong(Continuation::lastPosition).toArray();
        int needed = Math.toIntExact(LongStream.of(positions).max().orElseThrow() + 1);
        if (needed > capacity) {
            capacity = withRoom(needed);
            replace(network.method("grow").with(tensors).with((long) capacity));
        }
        long[] latest = LongStream.concat(rows.stream().mapToLong(Continuation::lastId), LongStream.of(positions)).toArray();
        return network.method("read_next")
                .with(network.operands())
                .with(temporary.create(latest, new Shape(2, rows.size())))
                .with(tensors)
                .with((long) needed)
                .with(LongStream.of(positions).min().orElseThrow() + 1 < needed)
                .run(temporary)
                .get(0);
    }

    /** Removes all rows but these. */
    void keepRows(int[] kept) {
        try (NDManager temporary = network.newManager()) {
            long[] rows = IntStream.of(kept).asLongStream().toArray();
            replace(network.method("keep_rows").with(tensors).with(temporary.create(rows)));
        }
    }

    private void replace(TorchScript.Call change) {
        NDManager former = manager;
        manager = network.newManager();
        try (NDManager temporary = network.newManager()) {
            keep(change.run(temporary));
        } finally {
            former.close();
        }
    }

    private void keep(NDList cache) {
        cache.attach(manager);
        tensors = List.copyOf(cache);
    }

    @Override
    public void close() {
        manager.close();
    }
}
