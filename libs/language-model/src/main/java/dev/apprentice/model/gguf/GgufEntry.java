package dev.apprentice.model.gguf;

import java.util.Arrays;
import java.util.Objects;

/**
 * Where a tensor lies in a GGUF file.
 *
 * @param name such as {@code blk.0.attn_qkv.weight}
 * @param type of its elements
 * @param shape sizes of its dimensions, row-major as everywhere here; the file itself lists them the other way round
 * @param begin offset of its first byte in the file
 * @param end offset behind its last byte
 */
public record GgufEntry(String name, GgufType type, long[] shape, long begin, long end) {

    /** Bytes it takes. */
    public long length() {
        return end - begin;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GgufEntry that
                && name.equals(that.name)
                && type == that.type
                && Arrays.equals(shape, that.shape)
                && begin == that.begin
                && end == that.end;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type, Arrays.hashCode(shape), begin, end);
    }

    @Override
    public String toString() {
        return name + " " + type + Arrays.toString(shape) + " at " + begin + " to " + end;
    }
}
