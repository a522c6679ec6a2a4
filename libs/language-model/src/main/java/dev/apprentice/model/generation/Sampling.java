package dev.apprentice.model.generation;

import java.util.OptionalInt;

/**
 * How the next token is drawn; filters apply in this order, as in transformers.
 *
 * @param repetitionPenalty logits of tokens that the row already has are divided by it if positive, multiplied if negative
 *     (Keskar et al., 2019); above 0, 1 for none
 * @param temperature logits are divided by it; at least 0, and 0 takes the likeliest token
 * @param topK only the k likeliest are kept (Fan et al., 2018); at least 1
 * @param topP only the likeliest are kept that together reach this probability (Holtzman et al., 2020); above 0 to 1
 * @param minP only those are kept that have at least this share of the likeliest one's probability (Nguyen et al., 2024);
 *     from 0 to below 1
 * @param seed of the row's own random numbers: what a row becomes does not depend on the others of its batch
 */
public record Sampling(
        double repetitionPenalty, double temperature, OptionalInt topK, double topP, double minP, long seed) {

    /** The likeliest token, always. */
    public static final Sampling GREEDY = new Sampling(1, 0, OptionalInt.empty(), 1, 0, 0);

    /** @throws IllegalArgumentException naming the figure that is out of its range */
    public Sampling {
        require(repetitionPenalty > 0, "repetitionPenalty", repetitionPenalty, "above 0");
        require(temperature >= 0, "temperature", temperature, "at least 0");
        topK.ifPresent(k -> require(k >= 1, "topK", k, "at least 1"));
        require(topP > 0 && topP <= 1, "topP", topP, "above 0 and at most 1");
        require(minP >= 0 && minP < 1, "minP", minP, "from 0 to below 1");
    }

    private static void require(boolean holds, String name, Number value, String range) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be " + range);
        }
    }

    /** Whether the likeliest token of the unchanged logits is all that it takes. */
    boolean plain() {
        return temperature == 0 && repetitionPenalty == 1;
    }
}
