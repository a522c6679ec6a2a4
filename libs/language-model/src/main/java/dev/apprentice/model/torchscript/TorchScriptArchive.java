package dev.apprentice.model.torchscript;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs TorchScript source into the archive that {@code torch::jit::load} reads, so that no Python is needed anywhere.
 *
 * <pre>
 * m/data.pkl             a pickled, empty object of the class
 * m/code/__torch__.py    the source
 * m/constants.pkl        a tuple of the tensors that the source calls CONSTANTS.c0, CONSTANTS.c1, ...
 * m/constants/0          the elements of the first of them, float32, little endian
 * m/version              10; a lower number would silently select older versions of the operators
 * </pre>
 *
 * The entries are stored, not compressed, as PyTorch's reader requires.
 */
final class TorchScriptArchive {

    private static final byte[] PICKLE_PROTOCOL_2 = {(byte) 0x80, 2};
    /** Pickle: global {@code __torch__.CLASS}. */
    private static final String PICKLED_CLASS = "c__torch__\n%s\n";
    /** Pickle: empty tuple, NEWOBJ, empty dict as its state, BUILD, STOP. */
    private static final byte[] PICKLED_NEW_OBJECT = {')', (byte) 0x81, '}', 'b', '.'};

    private static final String VERSION = "10\n";

    private TorchScriptArchive() {}

    /**
     * @param className the module's class in the source
     * @param source as TorchScript is serialised: builtin operators are {@code torch.NAME}
     * @param constants tensors that it computes with
     */
    static byte[] pack(String className, String source, List<TensorConstant> constants) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "m/data.pkl", pickledObject(className));
            put(zip, "m/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
            put(zip, "m/constants.pkl", pickledTuple(constants));
            for (int i = 0; i < constants.size(); i++) {
                put(zip, "m/constants/" + i, constants.get(i).bytes());
            }
            put(zip, "m/version", VERSION.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException("a stream in memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static byte[] pickledObject(String className) {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.writeBytes(PICKLE_PROTOCOL_2);
        pickle.writeBytes(PICKLED_CLASS.formatted(className).getBytes(StandardCharsets.US_ASCII));
        pickle.writeBytes(PICKLED_NEW_OBJECT);
        return pickle.toByteArray();
    }

    private static byte[] pickledTuple(List<TensorConstant> constants) {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.writeBytes(PICKLE_PROTOCOL_2);
        pickle.write('('); // a mark, where the tuple begins
        for (int i = 0; i < constants.size(); i++) {
            pickle.writeBytes(constants.get(i).pickled(i));
        }
        pickle.writeBytes(new byte[] {'t', '.'});
        return pickle.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] contents) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(contents);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(contents.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(contents);
        zip.closeEntry();
    }
}
