package dev.apprentice.model.safetensors;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.file.FileBytes;
import dev.apprentice.model.file.TensorFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;

/**
 * A safetensors file, open for reading.
 *
 * <pre>
 * 8 bytes            length of the header, little endian
 * header             JSON, see {@link SafetensorsHeader}
 * the rest           the tensors' bytes, one after the other
 * </pre>
 *
 * @see <a href="https://huggingface.co/docs/safetensors">the format</a>
 */
public final class SafetensorsFile extends TensorFile<SafetensorsType> {

    /** The reference implementation's limit. */
    private static final long MAX_HEADER_BYTES = 100_000_000;

    private static final int LENGTH_BYTES = Long.BYTES;

    private final SafetensorsHeader header;

    private SafetensorsFile(FileBytes file, SafetensorsHeader header) {
        super(file, header.entries());
        this.header = header;
    }

    /**
     * Reads and checks the header.
     *
     * @throws ModelException naming the file, the tensor and what is wrong with it
     */
    public static SafetensorsFile open(Path path) {
        return open(path, file -> new SafetensorsFile(file, readHeader(file)));
    }

    private static SafetensorsHeader readHeader(FileBytes file) {
        if (file.size() < LENGTH_BYTES) {
            throw new ModelException(
                    file.path() + " is " + file.size() + " bytes long, too short for a safetensors file; download it again");
        }
        long length = read(file, 0, LENGTH_BYTES).getLong();
        if (length < 0 || length > MAX_HEADER_BYTES) {
            throw new ModelException(file.path() + " announces a header of " + Long.toUnsignedString(length)
                    + " bytes, above the limit of " + MAX_HEADER_BYTES + "; it is not a safetensors file");
        }
        long held = file.size() - LENGTH_BYTES;
        if (length > held) {
            throw new ModelException(file.path() + " is truncated within its header: it has " + held + " of " + length
                    + " bytes; download it again");
        }
        byte[] json = read(file, LENGTH_BYTES, (int) length).array();
        return SafetensorsHeader.parse(file.path(), json, LENGTH_BYTES + length, file.size());
    }

    private static ByteBuffer read(FileBytes file, long from, int length) {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        file.read(from, buffer);
        return buffer.flip();
    }

    /** Returns the writer's metadata, such as {@code format=pt}. */
    public Map<String, String> metadata() {
        return header.metadata();
    }
}
