package dev.apprentice.model.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.network.Network;
import dev.apprentice.model.torchscript.OutOfMemory;
import dev.apprentice.model.torchscript.TorchScript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Continues prompts together, one token per row in each step. */
public final class Generator {

    private final Network network;

    public Generator(Network network) {
        this.network = network;
    }

    /** Returns the logits for the token after these. */
    public float[] logits(int[] ids) {
        requireFits(0, ids, 0);
        Continuation row = new Continuation(0, new GenerationRequest(ids, new GenerationSettings(1, Set.of())), ids.length);
        try (KeyValueCache cache = new KeyValueCache(network, 1, ids.length);
                NDManager manager = network.newManager()) {
            return cache.readPrompts(List.of(row), manager).toFloatArray();
        }
    }

    /**
     * Continues each prompt independently of the others. The results are in the order of the prompts.
     *
     * @throws ModelException if a prompt is empty, leaves no room in the context, or has an id outside the vocabulary
     * @throws dev.apprentice.model.DeviceMemoryException if memory cannot hold all of them at once
     */
    public List<Generated> generate(List<GenerationRequest> requests, TokenListener listener) {
        int context = network.architecture().configuration().contextLength();
        List<Continuation> rows = new ArrayList<>();
        for (GenerationRequest request : requests) {
            requireFits(rows.size(), request.prompt(), 1);
            rows.add(new Continuation(rows.size(), request, context));
        }
        return OutOfMemory.named(
                () -> rows.size() + (rows.size() == 1 ? " answer" : " answers at once"),
                "request fewer or shorter answers at once, or free memory",
                () -> continued(rows, listener));
    }

    private List<Generated> continued(List<Continuation> rows, TokenListener listener) {
        if (!rows.isEmpty()) {
            finish(rows, listener);
        }
        return rows.stream().map(Continuation::result).toList();
    }

    private void finish(List<Continuation> all, TokenListener listener) {
        int width = all.stream().mapToInt(Continuation::promptLength).max().orElseThrow();
        try (KeyValueCache cache = new KeyValueCache(network, all.size(), width)) {
            List<Continuation> rows = all;
            try (NDManager step = network.newManager()) {
                List<NDArray> draws = draws(rows, step);
                choose(cache.readPrompts(rows, step), draws, rows, listener, step);
            }
            while (rows.stream().anyMatch(row -> !row.finished())) {
                rows = dropFinished(rows, cache);
                try (NDManager step = network.newManager()) {
                    List<NDArray> draws = draws(rows, step);
                    choose(cache.readNext(rows, step), draws, rows, listener, step);
                }
            }
        }
    }

    /**
     * Copies the rows' draws to a graphics card; returns an empty list if it needs none. Must be called before the model runs,
     * because a copy to a card waits for everything queued there.
     */
    private List<NDArray> draws(List<Continuation> rows, NDManager step) {
        return network.isForGraphicsCards() && !areGreedy(rows) ? List.of(Draws.of(rows, step), Draws.idsOf(rows, step)) : List.of();
    }

    private static boolean areGreedy(List<Continuation> rows) {
        return rows.stream().allMatch(Continuation::greedy);
    }

    private void choose(
            NDArray logits, List<NDArray> draws, List<Continuation> rows, TokenListener listener, NDManager step) {
        if (areGreedy(rows) || network.isForGraphicsCards()) {
            chooseThere(logits, draws, rows, listener, step);
            return;
        }
        float[] all = logits.toFloatArray();
        int vocabulary = all.length / rows.size();
        for (int row = 0; row < rows.size(); row++) {
            rows.get(row).choose(Arrays.copyOfRange(all, row * vocabulary, (row + 1) * vocabulary), listener);
        }
    }

    /** Chooses the tokens within PyTorch, so that the logits are not copied to Java. */
    private void chooseThere(
            NDArray logits, List<NDArray> draws, List<Continuation> rows, TokenListener listener, NDManager step) {
        boolean told = listener != TokenListener.NONE;
        TorchScript.Call call = network.method(draws.isEmpty() ? "likeliest" : "sample").with(logits);
        draws.forEach(call::with);
        double[] chosen = call.with(told).run(step).get(0).toDoubleArray();
        for (int row = 0; row < rows.size(); row++) {
            rows.get(row).take((int) chosen[row], told ? chosen[rows.size() + row] : Double.NaN, listener);
        }
    }

    private static List<Continuation> dropFinished(List<Continuation> rows, KeyValueCache cache) {
        int[] kept = IntStream.range(0, rows.size()).filter(row -> !rows.get(row).finished()).toArray();
        if (kept.length == rows.size()) {
            return rows;
        }
        cache.keepRows(kept);
        return IntStream.of(kept).mapToObj(rows::get).toList();
    }

    private void requireFits(int index, int[] prompt, int room) {
        int context = network.architecture().configuration().contextLength();
        if (prompt.length == 0) {
            throw new ModelException("prompt " + index + " is empty; it needs at least 1 token");
        }
        if (prompt.length + room > context) {
            throw new ModelException("prompt " + index + " has " + prompt.length + " tokens, which leaves no room in the"
                    + " model's context of " + context + "; shorten it");
        }
        int vocabulary = network.architecture().configuration().vocabularySize();
        for (int id : prompt) {
            if (id < 0 || id >= vocabulary) {
                throw new ModelException("prompt " + index + " has the token id " + id
                        + ", which is not in the model's vocabulary of " + vocabulary);
            }
        }
    }
}
