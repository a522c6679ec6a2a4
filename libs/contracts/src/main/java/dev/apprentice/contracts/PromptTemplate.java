package dev.apprentice.contracts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A user's own prompt template, which travels with the run.
 *
 * @param text the Jinja template, at most {@link #MOST_CHARACTERS}
 * @param digest {@code sha256:} and the hexadecimal digest of the text in UTF-8; made where it is missing
 */
public record PromptTemplate(String text, String digest) {

    public static final int MOST_CHARACTERS = 65_536;

    public PromptTemplate {
        Require.text(text, "data.promptTemplate.text");
        if (text.length() > MOST_CHARACTERS) {
            throw new InvalidEventException("field 'data.promptTemplate.text' has " + text.length()
                    + " characters; a prompt template may have " + MOST_CHARACTERS);
        }
        String made = digest(text);
        digest = digest == null ? made : digest;
        if (!digest.equals(made)) {
            throw new InvalidEventException("field 'data.promptTemplate.digest' is not that of the text, which is " + made);
        }
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
