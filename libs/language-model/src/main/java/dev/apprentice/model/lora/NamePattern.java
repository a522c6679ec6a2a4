package dev.apprentice.model.lora;

import dev.apprentice.model.ModelException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression over names of modules, written by the caller that asks for a run. There are some of thirty characters that
 * Java compares with one name for hours, so a comparison may look at a name's characters so often and no more.
 */
final class NamePattern implements Predicate<String> {

    /** Some milliseconds. Of a sensible expression and a name of 60 characters it takes a few hundred. */
    private static final int MOST_LOOKS = 1_000_000;

    private final String text;
    private final Pattern pattern;

    /** @throws ModelException if it is no regular expression */
    NamePattern(String text) {
        this.text = text;
        try {
            this.pattern = Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new ModelException("LoRA's target '" + text + "' is neither a module's name nor a regular expression: "
                    + e.getDescription() + " at character " + (e.getIndex() + 1), e);
        }
    }

    /** @throws ModelException if that takes too long to find out */
    @Override
    public boolean test(String name) {
        return pattern.matcher(new Watched(name)).matches();
    }

    /** A name that counts how often it is looked at. */
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
