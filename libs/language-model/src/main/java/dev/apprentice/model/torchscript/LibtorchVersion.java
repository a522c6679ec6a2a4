package dev.apprentice.model.torchscript;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** Compares the version of the loaded libtorch with the one that DJL's JNI library in the class path is compiled for. */
final class LibtorchVersion {

    private static final String FUNCTION = "aoti_torch_abi_version";
    private static final int BITS = 8;

    private LibtorchVersion() {}

    /**
     * Returns an error message if DJL's own JNI library was loaded with a libtorch of another version. A JNI library that lies
     * beside the libtorch is the user's, who compiled it against that libtorch.
     */
    static Optional<String> mismatch() {
        Path folder = Path.of(LibUtils.getLibtorchPath());
        if (Files.exists(folder.resolve(System.mapLibraryName("djl_torch")))) {
            return Optional.empty();
        }
        return ofLibtorch(folder)
                .filter(version -> !version.equals(ofGlue()))
                .map(version -> LoadFailure.mismatch(version, ofGlue(), folder.toString()));
    }

    /** Returns a version such as {@code 2.7.1}; empty if the library does not state one. */
    static Optional<String> ofLibtorch(Path folder) {
        try {
            return Optional.of(version(NativeLibrary.getInstance(folder.resolve(System.mapLibraryName("torch_cpu")).toString())
                    .getFunction(FUNCTION)
                    .invokeLong(new Object[0])));
        } catch (UnsatisfiedLinkError e) { // an older libtorch
            return Optional.empty();
        }
    }

    /** Decodes an ABI version; its highest byte is the major version. */
    static String version(long abi) {
        long major = abi >>> 7 * BITS;
        long minor = abi >>> 6 * BITS & 0xff;
        long patch = abi >>> 5 * BITS & 0xff;
        return major + "." + minor + "." + patch;
    }

    /** Returns the version that DJL's JNI library is compiled for, such as {@code 2.7.1}. */
    static String ofGlue() {
        try (InputStream file = LibUtils.class.getResourceAsStream("/jnilib/pytorch.properties")) {
            Properties properties = new Properties();
            properties.load(file);
            return properties.getProperty("jni_version").split("-")[0];
        } catch (IOException e) {
            throw new UncheckedIOException("pytorch-jni cannot be read", e);
        }
    }
}
