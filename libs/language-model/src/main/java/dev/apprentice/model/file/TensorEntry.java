package dev.apprentice.model.file;

import dev.apprentice.model.ModelException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The description of a tensor in a file.
 *
 * @param name such as {@code transformer.h.0.attn.c_attn.weight}
 * @param type of its elements
 * @param shape sizes of its dimensions, row-major; empty for a scalar
 * @param begin offset of its first byte in the file
 * @param end offset after its last byte
 */
public record TensorEntry<T extends ElementType>(String name, T type, long[] shape, long begin, long end) {

    /** Returns the number of bytes. */
    public long length() {
        return end - begin;
    }

    /**
     * Returns the tensors by name, in the order of their bytes.
     *
     * @param fileSize bytes in the whole file
     * @throws ModelException if a name occurs twice, a tensor begins within another, or ends after the file's end
     */
    public static <T extends ElementType> Map<String, TensorEntry<T>> inOrder(
            List<TensorEntry<T>> entries, Path file, long fileSize) {
        List<TensorEntry<T>> ordered = entries.stream()
                .sorted(Comparator.<TensorEntry<T>>comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end))
                .toList();
        Map<String, TensorEntry<T>> byName = new LinkedHashMap<>();
        long free = 0;
        for (TensorEntry<T> entry : ordered) {
            String where = file + ", byte " + entry.begin() + ": tensor '" + entry.name() + "'";
            if (byName.put(entry.name(), entry) != null) {
                throw new ModelException(where + " occurs twice; the file is damaged, download it again");
            }
            if (entry.begin() < free) {
                throw new ModelException(where + " begins within another tensor; the file is damaged, download it again");
            }
            if (entry.end() > fileSize) {
                throw new ModelException(file + " ends before tensor '" + entry.name() + "' does: it needs the bytes to "
                        + entry.end() + ", but the file has " + fileSize + "; the file is truncated, download it again");
            }
            free = entry.end();
        }
        return Collections.unmodifiableMap(byName);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TensorEntry<?> that
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
