package dev.apprentice.prompts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Reads the bundled chat templates, which are resources of this package. */
final class TemplateText {

    /** Matches what {@link #literal} writes. */
    static final String LITERAL = "'(?:[^'\\\\]|\\\\.)*'";

    private TemplateText() {}

    static String read(String name) {
        try (InputStream in = Objects.requireNonNull(TemplateText.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a text as a Jinja string literal. */
    static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
    }
}
