package dev.apprentice.model.torchscript;

import ai.djl.util.Utils;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Chooses the native libraries to load, and keeps DJL off the network. Otherwise DJL would look for newer libraries there and
 * report its use to its makers.
 */
public final class NativeLibraries {

    private static final String LIBTORCH = "PYTORCH_LIBRARY_PATH";
    /** DJL's name for the CUDA version that its JNI library is compiled for. */
    private static final String PACKAGED_FLAVOR = "cu128";

    private NativeLibraries() {}

    /**
     * Sets the system properties that choose the bundled libraries, unless they are set already. Must be called before DJL's first
     * use.
     */
    public static void useBundledOnes() {
        setUnlessSet("ai.djl.offline", "true");
        setUnlessSet("OPT_OUT_TRACKING", "true");
        // the GPU build of the tokenizers is not among the bundled ones, and would be downloaded
        setUnlessSet("RUST_FLAVOR", "cpu");
        useLibtorchBeside(Path.of(System.getProperty("java.class.path").split(File.pathSeparator)[0]).toAbsolutePath());
    }

    /**
     * Chooses a libtorch for CUDA that was packaged with the program (the build's profile {@code cuda}), unless
     * {@code PYTORCH_LIBRARY_PATH} names another. Must be called before DJL's first use.
     *
     * @param program the archive that Java was started with, or that of another program whose libtorch is used
     */
    public static void useLibtorchBeside(Path program) {
        Path packaged = program.resolveSibling("libtorch");
        if (Files.isDirectory(packaged) && Utils.getEnvOrSystemProperty(LIBTORCH) == null) {
            System.setProperty(LIBTORCH, packaged.toString());
            setUnlessSet("PYTORCH_FLAVOR", PACKAGED_FLAVOR);
        }
    }

    static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
