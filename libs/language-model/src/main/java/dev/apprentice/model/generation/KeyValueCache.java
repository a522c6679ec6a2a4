package dev.apprentice.model.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.apprentice.model.family.Network;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The keys and values of all tokens that a batch's rows have so far, so that each step computes only one token a row.
 * Rows have the same capacity, and each writes at its own position: nothing is padded.
 */
final class KeyValueCache implements AutoCloseable {

    private final Network network;
    private final int capacity;
    private NDManager manager;
    private List<NDArray> tensors;

    KeyValueCache(Network network, int rows, int capacity) {
        this.network = network;
        this.capacity = capacity;
        manager = network.newManager();
        try (NDManager temporary = network.newManager()) {
            keep(network.method("new_cache")
                    .with(network.operands())
                    .with(temporary.create(new long[] {rows, capacity}))
                    .run(temporary));
        }
    }

    /** Reads whole prompts. Returns the logits of what would follow each, [rows, vocabulary]. */
    NDArray readPrompts(List<Row> rows, NDManager temporary) {
        int width = rows.stream().mapToInt(Row::promptLength).max().orElseThrow();
        int total = rows.stream().mapToInt(Row::promptLength).sum();
        long[] tokens = new long[total];
        long[] positions = new long[total];
        long[] slots = new long[total];
        long[] cacheSlots = new long[total];
        long[] last = new long[rows.size()];
        int input = 0;
        for (int row = 0; row < rows.size(); row++) {
            for (int position = 0; position < rows.get(row).promptLength(); position++) {
                tokens[input] = rows.get(row).id(position);
                positions[input] = position;
                slots[input] = (long) row * width + position;
                cacheSlots[input] = (long) row * capacity + position;
                last[row] = input++;
            }
        }
        return network.method("read_prompts")
                .with(network.operands())
                .with(temporary.create(tokens))
                .with(temporary.create(positions))
                .with(temporary.create(slots))
                .with(temporary.create(new long[] {rows.size(), width}))
                .with(temporary.create(cacheSlots))
                .with(temporary.create(last))
                .with(tensors)
                .run(temporary)
                .get(0);
    }

    /** Reads each row's last token. Returns the logits of what would follow, [rows, vocabulary]. */
    NDArray readNext(List<Row> rows, NDManager temporary) {
        long[] positions = rows.stream().mapToLong(Row::lastPosition).toArray();
        return network.method("read_next")
                .with(network.operands())
                .with(temporary.create(rows.stream().mapToLong(Row::lastId).toArray()))
                .with(temporary.create(positions))
                .with(temporary.create(IntStream.range(0, positions.length)
                        .mapToLong(row -> (long) row * capacity + positions[row])
                        .toArray()))
                .with(tensors)
                .run(temporary)
                .get(0);
    }

    /** Forgets all rows but these. */
    void keepRows(int[] kept) {
        NDManager former = manager;
        manager = network.newManager();
        try (NDManager temporary = network.newManager()) {
            long[] rows = IntStream.of(kept).asLongStream().toArray();
            keep(network.method("keep_rows").with(tensors).with(temporary.create(rows)).run(temporary));
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
