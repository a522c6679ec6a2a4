package dev.apprentice.model.torchscript;

import ai.djl.util.Utils;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Says which native libraries are loaded, and keeps DJL off the network: it would otherwise look for newer ones there, and tell its
 * makers about its use.
 */
public final class NativeLibraries {

    private static final String LIBTORCH = "PYTORCH_LIBRARY_PATH";
    /** DJL's name of what its glue is compiled for. */
    private static final String PACKAGED_FLAVOR = "cu128";

    private NativeLibraries() {}

    /** To be called before DJL's first use. Settings made on purpose stay as they are. */
    public static void useBundledOnes() {
        setUnlessSet("ai.djl.offline", "true");
        setUnlessSet("OPT_OUT_TRACKING", "true");
        // the GPU build of the tokenizers is not among the bundled ones, and would be fetched
        setUnlessSet("RUST_FLAVOR", "cpu");
        useLibtorchBeside(Path.of(System.getProperty("java.class.path").split(File.pathSeparator)[0]).toAbsolutePath());
    }

    /**
     * A libtorch for CUDA that was packaged with the program (the build's profile {@code cuda}) is the one to load, unless
     * {@code PYTORCH_LIBRARY_PATH} names another.
     *
     * @param program the archive that Java was started with, or another program's whose libtorch is to be used; to be called before
     *     DJL's first use
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
