package dev.apprentice.model.gguf;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.file.TensorEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The beginning of a GGUF file. All of it is checked before use, because the file may be malicious.
 *
 * <pre>
 * 4 bytes     "GGUF"
 * uint32      version, 2 or 3, which have one layout
 * uint64      number of tensors
 * uint64      number of metadata keys
 * metadata    each: key, type, value
 * tensors     each: name, number of dimensions, dimensions with the fastest first, type, offset in the data
 * padding     to the alignment
 * data        each tensor at a multiple of the alignment
 * </pre>
 *
 * @param version of the format
 * @param metadata by key, in the file's order
 * @param entries by name, in the order of their bytes; none overlaps another or extends beyond the file's end
 * @see <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">the format</a>
 */
record GgufHeader(int version, Map<String, GgufValue> metadata, Map<String, TensorEntry<GgufType>> entries) {

    static final String ALIGNMENT = "general.alignment";
    static final int DEFAULT_ALIGNMENT = 32;
    static final int MAGIC = 0x46554747;
    static final int MAX_NAME_BYTES = 64;
    static final int MAX_DIMENSIONS = 4;

    /** The most tensors, and the most keys; the largest published models have a few thousand. */
    private static final long MAX_COUNT = 1 << 16;

    private static final int OLDEST = 2;
    private static final int NEWEST = 3;

    /** The fewest bytes of a tensor's description: the length of its name, number of dimensions, type and offset. */
    private static final int FEWEST_BYTES_OF_A_TENSOR = Long.BYTES + Integer.BYTES + Integer.BYTES + Long.BYTES;

    /** @throws ModelException naming the file, the place and what is wrong there */
    static GgufHeader read(GgufCursor cursor) {
        requireMagic(cursor);
        int version = version(cursor);
        long tensors = cursor.uint64("the number of tensors");
        long keys = cursor.uint64("the number of metadata keys");
        if (tensors > MAX_COUNT || !cursor.canHold(tensors, FEWEST_BYTES_OF_A_TENSOR)) {
            throw cursor.damaged(8, "the header announces " + Long.toUnsignedString(tensors)
                    + " tensors, more than fit into the file or than the limit of " + MAX_COUNT);
        }
        if (keys > MAX_COUNT || !cursor.canHold(keys, GgufMetadata.FEWEST_BYTES)) {
            throw cursor.damaged(16, "the header announces " + Long.toUnsignedString(keys)
                    + " metadata keys, more than fit into the file or than the limit of " + MAX_COUNT);
        }
        Map<String, GgufValue> metadata = new GgufMetadata(cursor).read(keys);
        long alignment = alignment(cursor, metadata);
        List<TensorEntry<GgufType>> withinData = new ArrayList<>();
        for (long i = 0; i < tensors; i++) {
            withinData.add(tensor(cursor, i, alignment));
        }
        long begin = aligned(cursor.position(), alignment);
        List<TensorEntry<GgufType>> entries = withinData.stream()
                .map(entry -> new TensorEntry<>(
                        entry.name(), entry.type(), entry.shape(), begin + entry.begin(), begin + entry.end()))
                .toList();
        return new GgufHeader(version, metadata, TensorEntry.inOrder(entries, cursor.file(), cursor.size()));
    }

    private static void requireMagic(GgufCursor cursor) {
        if (cursor.size() < Integer.BYTES) {
            throw new ModelException(cursor.file() + " is " + cursor.size() + " bytes long, too short for a GGUF file; download it again");
        }
        int magic = (int) cursor.uint32("the magic number");
        if (magic != MAGIC) {
            throw new ModelException(cursor.file() + " is not a GGUF file, because it does not begin with 'GGUF'; name a GGUF file");
        }
    }

    private static int version(GgufCursor cursor) {
        int version = (int) cursor.uint32("the version");
        int swapped = Integer.reverseBytes(version);
        if (swapped >= 1 && swapped <= NEWEST) {
            throw new ModelException(cursor.file() + ", byte 4: the numbers are big endian, and only little endian is read;"
                    + " convert the file");
        }
        if (version < OLDEST || version > NEWEST) {
            throw new ModelException(cursor.file() + ", byte 4: the version of the format is " + Integer.toUnsignedString(version)
                    + ", and " + OLDEST + " and " + NEWEST + " are read; convert the model with a current converter");
        }
        return version;
    }

    private static long alignment(GgufCursor cursor, Map<String, GgufValue> metadata) {
        GgufValue value = metadata.get(ALIGNMENT);
        if (value == null) {
            return DEFAULT_ALIGNMENT;
        }
        if (value instanceof GgufValue.Whole whole
                && whole.type() == GgufValueType.UINT32
                && Long.bitCount(whole.value()) == 1) {
            return whole.value();
        }
        throw cursor.damaged(cursor.position(), "metadata '" + ALIGNMENT + "' before this byte must be a UINT32 that is a power of two");
    }

    static long aligned(long position, long alignment) {
        return (position + alignment - 1) / alignment * alignment;
    }

    /** Reads a tensor's description. Its begin and end are still relative to the data. */
    private static TensorEntry<GgufType> tensor(GgufCursor cursor, long index, long alignment) {
        long at = cursor.position();
        String name = cursor.text("the name of tensor " + index, MAX_NAME_BYTES);
        String what = "tensor '" + name + "'";
        long[] shape = shape(cursor, what);
        long typeAt = cursor.position();
        long id = cursor.uint32("the type of " + what);
        GgufType type = GgufType.of(id).orElseThrow(() -> new ModelException(cursor.file() + ", byte " + typeAt + ": " + what
                + " is of type " + id + ", which is unknown; convert the model to F32, F16 or BF16"));
        OptionalLong bytes = type.bytes(shape);
        if (bytes.isEmpty()) {
            throw cursor.damaged(at, what + " of type " + type + " has the impossible shape " + Arrays.toString(shape));
        }
        long offsetAt = cursor.position();
        long offset = cursor.uint64("the offset of " + what);
        if (offset < 0 || offset % alignment != 0 || offset > cursor.size() || bytes.getAsLong() > cursor.size() - offset) {
            throw cursor.damaged(offsetAt, what + " takes " + bytes.getAsLong() + " bytes from " + Long.toUnsignedString(offset)
                    + " of the data; that must be a multiple of the alignment " + alignment + " and lie within the file's "
                    + cursor.size() + " bytes");
        }
        return new TensorEntry<>(name, type, shape, offset, offset + bytes.getAsLong());
    }

    /** Reads a shape, which a file stores with the fastest dimension first. */
    private static long[] shape(GgufCursor cursor, String what) {
        long at = cursor.position();
        long count = cursor.uint32("the number of dimensions of " + what);
        if (count > MAX_DIMENSIONS) {
            throw cursor.damaged(at, what + " has " + count + " dimensions, and at most " + MAX_DIMENSIONS + " are allowed");
        }
        long[] shape = new long[(int) count];
        for (int i = shape.length - 1; i >= 0; i--) {
            shape[i] = cursor.uint64("a dimension of " + what);
        }
        return shape;
    }
}
