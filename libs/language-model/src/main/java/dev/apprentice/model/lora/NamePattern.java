package dev.apprentice.model.lora;

import dev.apprentice.model.ModelException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression over module names, written by the user who requests a run. Java can take hours to match some expressions of
 * thirty characters with a single name. So a match may read only a limited number of characters.
 */
final class NamePattern implements Predicate<String> {

    /**
     * The most characters that a match may read, which takes some milliseconds. A sensible expression reads a few hundred for a
     * name of 60 characters.
     */
    private static final int MOST_LOOKS = 1_000_000;

    private final String text;
    private final Pattern pattern;

    /** @throws ModelException if the text is no regular expression */
    NamePattern(String text) {
        this.text = text;
        try {
            this.pattern = Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new ModelException("LoRA's target '" + text + "' is neither a module's name nor a regular expression: "
                    + e.getDescription() + " at character " + (e.getIndex() + 1), e);
        }
    }

    /** @throws ModelException if the match reads too many characters */
    @Override
    public boolean test(String name) {
        return pattern.matcher(new Watched(name)).matches();
    }

    /** A name that counts how often its characters are read. */
    private final class Watched implements CharSequence {

        private final String name;
        private int looks;

        private Watched(String name) {
            this.name = name;
        }

        @Override
        public char charAt(int index) {
            if (++looks > MOST_LOOKS) {
                throw new ModelException("LoRA's target '" + text + "' takes too long to be compared with " + name
                        + "; write a simpler expression, with fewer * and +");
            }
            return name.charAt(index);
        }

        @Override
        public int length() {
            return name.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return name.subSequence(start, end);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
