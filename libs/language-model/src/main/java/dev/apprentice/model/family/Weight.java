package dev.apprentice.model.family;

import java.util.List;

/**
 * One of a model's weights.
 *
 * @param name as Hugging Face's transformers names it
 * @param shape sizes of its dimensions
 * @param initial how it is drawn before any training
 */
public record Weight(String name, List<Long> shape, Initial initial) {

    /** How a fresh weight is drawn. */
    public sealed interface Initial {

        /** Gaussian with mean 0. @param deviation its standard deviation */
        record Normal(double deviation) implements Initial {}

        /** Every element the same. @param value usually 0 for biases and 1 for norms */
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
