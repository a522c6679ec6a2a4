package dev.apprentice.dataset.datasets.example;

import java.nio.charset.StandardCharsets;

/**
 * Text that survives being written as UTF-8. JSON can smuggle in half a surrogate pair ({@code "\ud83d"}), which does
 * not.
 */
public final class WellFormed {

    /** What is wrong with text that is not. */
    public static final String FAULT = "holds half of a surrogate pair, which is no character";

    private WellFormed() {}

    public static boolean is(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
