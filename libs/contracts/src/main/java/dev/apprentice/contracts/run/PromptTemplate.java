package dev.apprentice.contracts.run;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.Require;
import dev.apprentice.contracts.Sha256;


/**
 * A user's own prompt template, which travels with the run.
 *
 * @param text the Jinja template, at most {@link #MOST_CHARACTERS}
 * @param digest {@code sha256:} and the hexadecimal digest of the text in UTF-8; computed if it is missing
 */
public record PromptTemplate(String text, String digest) {

    public static final int MOST_CHARACTERS = 65_536;

    public PromptTemplate {
        Require.text(text, "data.promptTemplate.text");
        if (text.length() > MOST_CHARACTERS) {
            throw new InvalidEventException("field 'data.promptTemplate.text' has " + text.length()
                    + " characters; a prompt template may have " + MOST_CHARACTERS);
        }
        String made = Sha256.of(text);
        digest = digest == null ? made : digest;
        if (!digest.equals(made)) {
            throw new InvalidEventException("field 'data.promptTemplate.digest' is not that of the text, which is " + made);
        }
    }
}
