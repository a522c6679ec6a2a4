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
 * The figures that a family's program computes with; the program asks for them as {@code self.NAME()}.
 *
 * @param heads of attention
 * @param normEpsilon what norms add to the variance
 * @param blockSize weights of a block
 * @param learnedPositions whether positions are learned and added to the token embedding
 * @param biased whether every matrix of a block has its bias behind it
 * @param tied whether the head is the token embedding again
 * @param inverseFrequencies of the rotary embedding, one for each pair of elements; empty where nothing is rotated, twice as many
 *     where layers with a window have their own
 * @param window where some layers look at the nearest tokens only
 * @param attentionCap bound that attention scores approach, 0 for none
 * @param logitCap bound that logits approach, 0 for none
 * @param own what only this family's source asks for
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

    /** What a builder is not given is that of a family without it. */
    public Constants {
        inverseFrequencies = inverseFrequencies == null ? List.of() : List.copyOf(inverseFrequencies);
        own = own == null ? new Own.Nothing() : own;
    }

    /**
     * Attention to the nearest tokens (Beltagy et al., 2020).
     *
     * @param tokens how many, each token itself among them
     * @param layers for each layer whether it does so
     */
    public record SlidingWindow(int tokens, List<Boolean> layers) {}

    /** What a single family's source asks for. */
    public sealed interface Own {

        /** See {@link Constants#named}. */
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
         * @param biasedQueries whether queries, keys and values have biases
         * @param biasedOutput whether attention's output has one
         */
        record Llama(boolean biasedQueries, boolean biasedOutput) implements Own {

            @Override
            public Map<String, Object> named() {
                return Map.of("biased_queries", biasedQueries, "biased_output", biasedOutput);
            }
        }

        /** @param rotated for each layer whether it knows positions */
        record SmolLm3(List<Boolean> rotated) implements Own {

            @Override
            public Map<String, Object> named() {
                return Map.of("rotated", numbers(rotated));
            }
        }

        /**
         * @param embeddingScale what embeddings are multiplied by
         * @param queryScale what queries are multiplied by
         * @param local for each layer whether it rotates by the second half of the frequencies; empty where there is one half
         */
        record Gemma(double embeddingScale, double queryScale, List<Boolean> local) implements Own {

            @Override
            public Map<String, Object> named() {
                return Map.of("embedding_scale", embeddingScale, "query_scale", queryScale, "local", numbers(local));
            }
        }
    }

    /** What the program calls {@code CONSTANTS.c0}: the frequency of each rotated element, [elements] or [2, 1, 1, elements]. */
    public List<TensorConstant> tensors() {
        if (inverseFrequencies.isEmpty()) {
            return List.of();
        }
        int kinds = own instanceof Own.Gemma gemma && !gemma.local().isEmpty() ? 2 : 1;
        int pairs = inverseFrequencies.size() / kinds;
        List<Double> elements = new ArrayList<>();
        for (int kind = 0; kind < kinds; kind++) {
            List<Double> frequencies = inverseFrequencies.subList(kind * pairs, (kind + 1) * pairs);
            elements.addAll(frequencies); // element i turns with i + pairs
            elements.addAll(frequencies);
        }
        return List.of(new TensorConstant(elements, kinds == 1 ? List.of(2 * pairs) : List.of(kinds, 1, 1, 2 * pairs)));
    }

    /** Each under the name by which the program asks for it. */
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

    /** TorchScript indexes and compares lists of numbers. */
    private static List<Integer> numbers(List<Boolean> flags) {
        return flags.stream().map(flag -> flag ? 1 : 0).toList();
    }
}
