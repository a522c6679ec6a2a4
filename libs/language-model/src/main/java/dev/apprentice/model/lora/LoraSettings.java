package dev.apprentice.model.lora;

import java.util.List;

/**
 * LoRA (Hu et al., 2021, "Low-Rank Adaptation of Large Language Models"): y = x W + alpha / rank * dropout(x) A B, where W
 * is frozen and only A and B are trained.
 *
 * @param rank columns of A and rows of B, at least 1
 * @param alpha the change counts alpha / rank times, above 0
 * @param dropout share of the inputs of A that are left out in each step, from 0 to below 1
 * @param targets which matrices are adapted, at least 1: each the end of a module's name, such as {@code c_attn} or
 *     {@code mlp.c_proj}; or a regular expression for its whole name; or {@code all-linear}, all matrices of the blocks
 * @param seed of the first values of A, and of the dropout
 */
public record LoraSettings(int rank, double alpha, double dropout, List<String> targets, long seed) {

    private static final long DEFAULT_SEED = 123;

    /** @throws IllegalArgumentException naming the figure that is out of its range */
    public LoraSettings {
        require(rank >= 1, "rank", rank, "at least 1");
        require(alpha > 0 && Double.isFinite(alpha), "alpha", alpha, "above 0");
        require(dropout >= 0 && dropout < 1, "dropout", dropout, "from 0 to below 1");
        targets = List.copyOf(targets);
        require(!targets.isEmpty(), "targets", targets, "at least one name pattern, such as c_attn");
    }

    /** PEFT's defaults: alpha is 8, nothing is left out. */
    public static LoraSettings of(int rank, String... targets) {
        return new LoraSettings(rank, 8, 0, List.of(targets), DEFAULT_SEED);
    }

    /** What the product of A and B is multiplied by. */
    public double scale() {
        return alpha / rank;
    }

    private static void require(boolean holds, String name, Object value, String range) {
        if (!holds) {
            throw new IllegalArgumentException("LoRA's " + name + " is " + value + "; it must be " + range);
        }
    }
}
