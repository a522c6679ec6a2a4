package dev.apprentice.model.lora;

import java.util.List;

/**
 * The settings of LoRA (Hu et al., 2021, "Low-Rank Adaptation of Large Language Models"): y = x W + alpha / rank * dropout(x) A B,
 * where W is frozen and only A and B are trained.
 *
 * @param rank inner dimension of the product A B, at least 1
 * @param alpha the product is scaled by alpha / rank; above 0
 * @param dropout share of A's inputs that are dropped in each step, from 0 to below 1
 * @param targets which matrices are adapted, at least 1: each the end of a module's name, such as {@code c_attn} or
 *     {@code mlp.c_proj}; or a regular expression for the whole name; or {@code all-linear}, all matrices of the blocks
 * @param seed of A's initial values and of the dropout
 */
public record LoraSettings(int rank, double alpha, double dropout, List<String> targets, long seed) {

    private static final long DEFAULT_SEED = 123;

    /** @throws IllegalArgumentException if a value is out of its range; the message names it */
    public LoraSettings {
        require(rank >= 1, "rank", rank, "at least 1");
        require(alpha > 0 && Double.isFinite(alpha), "alpha", alpha, "above 0");
        require(dropout >= 0 && dropout < 1, "dropout", dropout, "from 0 to below 1");
        targets = List.copyOf(targets);
        require(!targets.isEmpty(), "targets", targets, "at least one name pattern, such as c_attn");
    }

    /** Creates settings with PEFT's defaults: alpha 8, no dropout. */
    public static LoraSettings of(int rank, String... targets) {
        return new LoraSettings(rank, 8, 0, List.of(targets), DEFAULT_SEED);
    }

    /** Returns the factor for the product of A and B. */
    public double scale() {
        return alpha / rank;
    }

    private static void require(boolean holds, String name, Object value, String range) {
        if (!holds) {
            throw new IllegalArgumentException("LoRA's " + name + " is " + value + "; it must be " + range);
        }
    }
}
