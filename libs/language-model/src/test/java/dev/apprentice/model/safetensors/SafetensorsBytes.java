package dev.apprentice.model.safetensors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Builds safetensors files byte by byte. */
final class SafetensorsBytes {

    private SafetensorsBytes() {}

    /** Writes a file with this header and this many bytes of data, each 1. */
    static Path file(Path folder, String header, int dataBytes) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return file(folder, json.length, json, dataBytes);
    }

    static Path file(Path folder, long headerLength, byte[] header, int dataBytes) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + header.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(headerLength).put(header);
        while (bytes.hasRemaining()) {
            bytes.put((byte) 1);
        }
        try {
            return Files.write(folder.resolve("model.safetensors"), bytes.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
