package dev.apprentice.model.gguf;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.file.FileBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads a file's header from its beginning. Before it reads bytes or allocates memory for them, it checks that the file has them. */
final class GgufCursor {

    /** The largest header allowed: more than ten times that of the largest vocabularies. */
    static final long MAX_HEADER_BYTES = 256L << 20;

    private static final int BUFFER_BYTES = 1 << 16;

    private final FileBytes file;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    private long position;

    GgufCursor(FileBytes file) {
        this.file = file;
    }

    Path file() {
        return file.path();
    }

    long size() {
        return file.size();
    }

    /** Returns the offset of the next byte. */
    long position() {
        return position;
    }

    /** Tells whether the rest of the header has room for this many entries of at least this many bytes. */
    boolean canHold(long count, int fewestBytes) {
        return count >= 0 && count <= (Math.min(size(), MAX_HEADER_BYTES) - position) / fewestBytes;
    }

    int uint8(String what) {
        return next(Byte.BYTES, what).get() & 0xFF;
    }

    int uint16(String what) {
        return next(Short.BYTES, what).getShort() & 0xFFFF;
    }

    long uint32(String what) {
        return next(Integer.BYTES, what).getInt() & 0xFFFF_FFFFL;
    }

    /** Returns the value's bits; values from 2^63 on are negative. */
    long uint64(String what) {
        return next(Long.BYTES, what).getLong();
    }

    /** @param most the most bytes allowed */
    String text(String what, long most) {
        long at = position;
        long length = uint64("the length of " + what);
        if (length < 0 || length > most) {
            throw damaged(at, what + " is " + Long.toUnsignedString(length) + " bytes long, and at most " + most + " are allowed");
        }
        require(length, what);
        byte[] bytes = new byte[(int) length];
        for (int done = 0; done < bytes.length; ) {
            int part = Math.min(bytes.length - done, BUFFER_BYTES);
            next(part, what).get(bytes, done, part);
            done += part;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw damaged(at, what + " is not valid UTF-8");
        }
    }

    private void require(long bytes, String what) {
        if (bytes > size() - position) {
            throw new ModelException(file() + " ends before " + what + " does: at byte " + position + " it needs " + bytes
                    + " bytes, but " + (size() - position) + " are left; the file is truncated, download it again");
        }
        if (bytes > MAX_HEADER_BYTES - position) {
            throw damaged(position, "the header exceeds the limit of " + MAX_HEADER_BYTES + " bytes");
        }
    }

    /** Returns the buffer with at least this many bytes to read, which must not exceed its size. */
    private ByteBuffer next(int bytes, String what) {
        require(bytes, what);
        if (buffer.remaining() < bytes) {
            fill();
        }
        position += bytes;
        return buffer;
    }

    /** Fills the buffer as far as the file has bytes. */
    private void fill() {
        int kept = buffer.remaining();
        buffer.compact().limit((int) Math.min(BUFFER_BYTES, size() - position));
        file.read(position + kept, buffer);
        buffer.flip();
    }

    /**
     * Returns the error for damage in the file.
     *
     * @param at offset of the byte where the damaged part begins
     */
    ModelException damaged(long at, String what) {
        return new ModelException(file() + ", byte " + at + ": " + what + "; the file is damaged or no GGUF file, download it again");
    }
}
