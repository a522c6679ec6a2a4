package dev.apprentice.model.file;

import java.util.OptionalLong;

/** How a format stores a tensor's elements: in blocks of one or several, each of whole bytes. */
public interface ElementType {

    int blockElements();

    int blockBytes();

    /**
     * Bytes that a tensor takes; empty where that is no size at all: negative, beyond a long, or rows that are no whole
     * blocks. Safe against numbers made up to overflow.
     *
     * @param shape row-major
     */
    default OptionalLong bytes(long[] shape) {
        long elements = 1;
        for (long dimension : shape) {
            if (dimension < 0 || dimension > 0 && elements > Long.MAX_VALUE / dimension) {
                return OptionalLong.empty();
            }
            elements *= dimension;
        }
        long row = shape.length == 0 ? 1 : shape[shape.length - 1];
        long blocks = elements / blockElements();
        if (row % blockElements() != 0 || blocks > Long.MAX_VALUE / blockBytes()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(blocks * blockBytes());
    }
}
