package dev.apprentice.model.gguf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Builds GGUF files byte by byte. */
final class GgufBytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Writes magic number, version and counts. */
    static GgufBytes begin(int version, long tensors, long keys) {
        return new GgufBytes().raw("GGUF").uint32(version).uint64(tensors).uint64(keys);
    }

    GgufBytes raw(String ascii) {
        out.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    GgufBytes uint8(int value) {
        out.write(value);
        return this;
    }

    GgufBytes uint32(int value) {
        out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
        return this;
    }

    GgufBytes uint64(long value) {
        out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
        return this;
    }

    GgufBytes text(String ascii) {
        return uint64(ascii.length()).raw(ascii);
    }

    /** @param dimensions as the file stores them, the fastest first */
    GgufBytes tensor(String name, int type, long offset, long... dimensions) {
        text(name).uint32(dimensions.length);
        for (long dimension : dimensions) {
            uint64(dimension);
        }
        return uint32(type).uint64(offset);
    }

    /** Pads to a multiple of the alignment, then appends {@code count} bytes of 1. */
    GgufBytes data(int alignment, int count) {
        while (out.size() % alignment != 0) {
            out.write(0);
        }
        for (int i = 0; i < count; i++) {
            out.write(1);
        }
        return this;
    }

    Path in(Path folder) {
        try {
            return Files.write(folder.resolve("model.gguf"), out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
