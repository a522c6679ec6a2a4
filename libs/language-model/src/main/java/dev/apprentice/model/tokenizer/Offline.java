package dev.apprentice.model.tokenizer;

/** Keeps DJL off the network: it would otherwise fetch native libraries by itself and report its use. */
final class Offline {

    private Offline() {}

    /** Settings that somebody made on purpose stay as they are. */
    static void enforce() {
        setDefault("ai.djl.offline", "true");
        setDefault("OPT_OUT_TRACKING", "true");
        // the GPU build of the tokenizers is not among the bundled ones, and would be fetched
        setDefault("RUST_FLAVOR", "cpu");
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
