package dev.apprentice.model.file;

import java.util.OptionalLong;

/** How a format stores a tensor's elements: in blocks of one or more elements, each of whole bytes. */
public interface ElementType {

    int blockElements();

    int blockBytes();

    /**
     * Returns the number of bytes that a tensor takes. Empty if there is no such size: a negative dimension, more than a long can
     * hold, or rows that are not whole blocks. Malicious shapes cannot cause an overflow.
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
