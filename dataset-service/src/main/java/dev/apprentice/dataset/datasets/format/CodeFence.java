package dev.apprentice.dataset.datasets.format;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line that opens a block of code in Markdown.
 *
 * @param mark a backtick or a tilde
 * @param length how often it is repeated, at least three times
 * @see <a href="https://spec.commonmark.org/0.31.2/#fenced-code-blocks">CommonMark's fenced code blocks</a>
 */
record CodeFence(char mark, int length) {

    /** What follows backticks has none itself: {@code ```x```} is code within a line. */
    private static final Pattern OPENING = Pattern.compile("(?s) {0,3}(`{3,}+(?=[^`]*+$)|~{3,}+).*");
    private static final Pattern CLOSING = Pattern.compile(" {0,3}(`{3,}+|~{3,}+)\\s*");

    /** Returns the fence that a line opens, where no block is open. */
    static Optional<CodeFence> openedBy(String line) {
        Matcher fence = OPENING.matcher(line);
        return fence.matches() ? Optional.of(of(fence.group(1))) : Optional.empty();
    }

    private static CodeFence of(String marks) {
        return new CodeFence(marks.charAt(0), marks.length());
    }

    /** Tells whether a line closes this block: it has the opening line's mark at least as often, and nothing else. */
    boolean isClosedBy(String line) {
        Matcher fence = CLOSING.matcher(line);
        if (!fence.matches()) {
            return false;
        }
        CodeFence closing = of(fence.group(1));
        return closing.mark == mark && closing.length >= length;
    }
}
