package dev.apprentice.model.torchscript;

/** Keeps DJL off the network: it would otherwise look for newer native libraries there, and tell its makers about its use. */
public final class NativeLibraries {

    private NativeLibraries() {}

    /** To be called before DJL's first use. Settings made on purpose stay as they are. */
    public static void useBundledOnes() {
        setUnlessSet("ai.djl.offline", "true");
        setUnlessSet("OPT_OUT_TRACKING", "true");
        // the GPU build of the tokenizers is not among the bundled ones, and would be fetched
        setUnlessSet("RUST_FLAVOR", "cpu");
    }

    static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
