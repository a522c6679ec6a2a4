package dev.apprentice.model.family;

import dev.apprentice.model.torchscript.TensorConstant;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The constants that a family's program computes with. The program refers to them as {@code self.NAME()}.
 *
 * @param heads the attention heads
 * @param normEpsilon added to the variance in norms
 * @param blockSize the number of weights of a block
 * @param learnedPositions whether positions are learned and added to the token embedding
 * @param biased whether every matrix of a block is followed by its bias
 * @param tied whether the head is the token embedding
 * @param inverseFrequencies of the rotary embedding, one for each pair of elements. Empty without rotation; twice as many if
 *     layers with a window have their own
 * @param window the sliding window, if some layers attend to the nearest tokens only
 * @param attentionCap the bound that attention scores approach, 0 for none
 * @param logitCap the bound that logits approach, 0 for none
 * @param own the constants that only this family's source uses
 */
@RecordBuilder
public record Constants(
        Heads heads,
        double normEpsilon,
        int blockSize,
        boolean learnedPositions,
        boolean biased,
        boolean tied,
        List<Double> inverseFrequencies,
        Optional<SlidingWindow> window,
        double attentionCap,
        double logitCap,
        Own own) {

    /** Replaces parts that the builder was not given with those of a family without them. */
    public Constants {
        inverseFrequencies = inverseFrequencies == null ? List.of() : List.copyOf(inverseFrequencies);
        own = own == null ? new Own.Nothing() : own;
    }

    /**
     * Attention to the nearest tokens (Beltagy et al., 2020).
     *
     * @param tokens the number of tokens, the token itself included
     * @param layers for each layer whether it has the window
     */
    public record SlidingWindow(int tokens, List<Boolean> layers) {}

    /** The constants that only one family's source uses. */
    public sealed interface Own {

        /** Returns the constants by name, see {@link Constants#named}. */
        Map<String, Object> named();

        record Nothing() implements Own {

            @Override
            public Map<String, Object> named() {
                return Map.of();
            }
        }

        /** @param parallelResidual whether attention and feed-forward part read the same input */
        record GptNeoX(boolean parallelResidual) implements Own {

            @Override
            public Map<String, Object> named() {
                return Map.of("parallel_residual", parallelResidual);
            }
        }

        /**
         * @param biasedQueries whether the projections to queries, keys and values have biases
         * @param biasedOutput whether attention's output projection has one
         */
        record Llama(boolean biasedQueries, boolean biasedOutput) implements Own {

            @Override
            public Map<String, Object> named() {
                return Map.of("biased_queries", biasedQueries, "biased_output", biasedOutput);
            }
        }

        /** @param rotated for each layer whether it has rotary positions */
        record SmolLm3(List<Boolean> rotated) implements Own {

            @Override
            public Map<String, Object> named() {
                return Map.of("rotated", numbers(rotated));
            }
        }

        /**
         * @param embeddingScale the factor for embeddings
         * @param queryScale the factor for queries
         * @param local for each layer whether it uses the second half of the frequencies; empty if all layers share one set
         */
        record Gemma(double embeddingScale, double queryScale, List<Boolean> local) implements Own {

            @Override
            public Map<String, Object> named() {
                return Map.of("embedding_scale", embeddingScale, "query_scale", queryScale, "local", numbers(local));
            }
        }
    }

    /**
     * Returns the tensor that the program calls {@code CONSTANTS.c0}: the frequency of each rotated element, [elements] or [2, 1,
     * 1, elements]. Returns none without rotation.
     */
    public List<TensorConstant> tensors() {
        if (inverseFrequencies.isEmpty()) {
            return List.of();
        }
        int kinds = own instanceof Own.Gemma gemma && !gemma.local().isEmpty() ? 2 : 1;
        int pairs = inverseFrequencies.size() / kinds;
        List<Double> elements = new ArrayList<>();
        for (int kind = 0; kind < kinds; kind++) {
            List<Double> frequencies = inverseFrequencies.subList(kind * pairs, (kind + 1) * pairs);
            elements.addAll(frequencies); // elements i and i + pairs rotate as a pair
            elements.addAll(frequencies);
        }
        return List.of(new TensorConstant(elements, kinds == 1 ? List.of(2 * pairs) : List.of(kinds, 1, 1, 2 * pairs)));
    }

    /** Returns each constant under the name that the program uses. */
    public Map<String, Object> named(int layers) {
        Map<String, Object> named = new TreeMap<>(own.named());
        named.put("layers", layers);
        named.put("heads", heads.count());
        named.put("kv_heads", heads.keyValues());
        named.put("head_width", heads.width());
        named.put("norm_epsilon", normEpsilon);
        named.put("block_size", blockSize);
        named.put("learned_positions", learnedPositions);
        named.put("biased", biased);
        named.put("tied", tied);
        named.put("window", window.map(SlidingWindow::tokens).orElse(0));
        named.put("windowed", numbers(window.map(SlidingWindow::layers).orElse(Collections.nCopies(layers, false))));
        named.put("attention_cap", attentionCap);
        named.put("logit_cap", logitCap);
        return named;
    }

    /** Converts flags to 1 and 0, because TorchScript indexes and compares lists of numbers. */
    private static List<Integer> numbers(List<Boolean> flags) {
        return flags.stream().map(flag -> flag ? 1 : 0).toList();
    }
}
