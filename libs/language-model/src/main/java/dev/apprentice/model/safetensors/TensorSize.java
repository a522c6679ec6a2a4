package dev.apprentice.model.safetensors;

import java.util.OptionalLong;

/** The arithmetic of shapes, safe against numbers made up to overflow. */
final class TensorSize {

    private TensorSize() {}

    /** Bytes a tensor of this shape takes; empty where that is no size at all: negative, or beyond a long. */
    static OptionalLong bytes(SafetensorsType type, long[] shape) {
        long bytes = type.bytes();
        for (long dimension : shape) {
            if (dimension < 0 || dimension > 0 && bytes > Long.MAX_VALUE / dimension) {
                return OptionalLong.empty();
            }
            bytes *= dimension;
        }
        return OptionalLong.of(bytes);
    }
}
