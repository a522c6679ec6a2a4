package dev.apprentice.model.family;

import java.util.List;

/**
 * A weight of a model.
 *
 * @param name its name in Hugging Face's transformers
 * @param shape sizes of its dimensions
 * @param initial how it is initialised before any training
 */
public record Weight(String name, List<Long> shape, Initial initial) {

    /** How a new weight is initialised. */
    public sealed interface Initial {

        /**
         * Draws from a Gaussian distribution with mean 0.
         *
         * @param deviation its standard deviation
         */
        record Normal(double deviation) implements Initial {}

        /**
         * Sets every element to one value.
         *
         * @param value usually 0 for biases and 1 for norms
         */
        record Constant(float value) implements Initial {}
    }

    public static Weight normal(String name, double deviation, long... shape) {
        return new Weight(name, boxed(shape), new Initial.Normal(deviation));
    }

    public static Weight ones(String name, long... shape) {
        return new Weight(name, boxed(shape), new Initial.Constant(1));
    }

    public static Weight zeros(String name, long... shape) {
        return new Weight(name, boxed(shape), new Initial.Constant(0));
    }

    private static List<Long> boxed(long... shape) {
        return java.util.Arrays.stream(shape).boxed().toList();
    }

    public long[] dimensions() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }

    public long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
