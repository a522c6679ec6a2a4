package dev.apprentice.model.gguf;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.file.FileBytes;
import dev.apprentice.model.file.TensorFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;

/** A GGUF file, open for reading. Its entries include tensors of types whose data cannot be read here. */
public final class GgufFile extends TensorFile<GgufType> {

    private final GgufHeader header;

    private GgufFile(FileBytes file, GgufHeader header) {
        super(file, header.entries());
        this.header = header;
    }

    /**
     * Reads and checks the header.
     *
     * @throws ModelException naming the file, the place in it and what is wrong there
     */
    public static GgufFile open(Path path) {
        return open(path, file -> new GgufFile(file, GgufHeader.read(new GgufCursor(file))));
    }

    /** Returns the version of the format: 2 or 3. */
    public int version() {
        return header.version();
    }

    /** Returns the metadata by key, in the file's order. */
    public Map<String, GgufValue> metadata() {
        return header.metadata();
    }

    /** @throws ModelException also if the tensor's type is not F32, F16 or BF16 */
    @Override
    public ByteBuffer data(String name) {
        GgufType type = entry(name).type();
        if (!type.isReadable()) {
            throw new ModelException(path() + ": tensor '" + name + "' is of type " + type
                    + ", and only F32, F16 and BF16 are read; convert the model to one of them");
        }
        return super.data(name);
    }
}
