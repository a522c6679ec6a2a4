package dev.apprentice.model.generation;

import java.util.OptionalInt;

/**
 * How the next token is drawn. The filters apply in this order, as in transformers.
 *
 * @param repetitionPenalty logits of tokens that the row already has are divided by it if positive, multiplied if negative (Keskar
 *     et al., 2019); above 0, 1 for none
 * @param temperature logits are divided by it; at least 0, and 0 takes the likeliest token
 * @param topK keeps only the k likeliest tokens (Fan et al., 2018); at least 1
 * @param topP keeps only the likeliest tokens that together reach this probability (Holtzman et al., 2020); above 0 to 1
 * @param minP keeps only tokens with at least this share of the likeliest token's probability (Nguyen et al., 2024); from 0 to
 *     below 1
 * @param seed seed of the row's own random numbers; a row's result does not depend on the other rows
 */
public record Sampling(
        double repetitionPenalty, double temperature, OptionalInt topK, double topP, double minP, long seed) {

    /** Always takes the likeliest token. */
    public static final Sampling GREEDY = new Sampling(1, 0, OptionalInt.empty(), 1, 0, 0);

    /** @throws IllegalArgumentException if a value is out of its range; the message names it */
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

    /** Tells whether the draw is the likeliest token of the unchanged logits. */
    boolean plain() {
        return temperature == 0 && repetitionPenalty == 1;
    }
}
