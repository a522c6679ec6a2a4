package dev.apprentice.dataset.datasets.example;

import java.nio.charset.StandardCharsets;

/** Checks that text can be written as UTF-8. JSON can contain an unpaired surrogate ({@code "\ud83d"}), which cannot. */
public final class WellFormed {

    /** The fault of text that is not well-formed, as the end of a sentence. */
    public static final String FAULT = "contains an unpaired surrogate, which is not a character";

    private WellFormed() {}

    public static boolean is(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
