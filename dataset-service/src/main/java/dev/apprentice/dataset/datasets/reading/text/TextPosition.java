package dev.apprentice.dataset.datasets.reading.text;

import java.io.InputStream;
import java.io.SequenceInputStream;

/**
 * A position in a text, counted as JSON parsers do.
 *
 * @param line number of line ends before it
 * @param column number of UTF-16 code units before it on its line
 */
public record TextPosition(int line, int column) {

    public static final TextPosition BEGINNING = new TextPosition(0, 0);

    /** Returns the position after some UTF-8 that begins here. */
    public TextPosition behind(byte[] utf8) {
        int lines = 0;
        int columns = 0;
        for (int i = 0; i < utf8.length; i++) {
            byte next = utf8[i];
            if (next == '\n' || next == '\r') {
                lines += next == '\n' && i > 0 && utf8[i - 1] == '\r' ? 0 : 1;
                columns = 0;
            } else if (next >= 0 || (next & 0xc0) == 0xc0) { // a character's first byte
                columns += (next & 0xff) >= 0xf0 ? 2 : 1;
            }
        }
        return behind(new TextPosition(lines, columns));
    }

    /** Returns the position after text that begins here. @param goes the position after that text alone */
    public TextPosition behind(TextPosition goes) {
        return goes.line == 0 ? new TextPosition(line, column + goes.column) : new TextPosition(line + goes.line, goes.column);
    }

    /** Returns blank text from here to a later position. */
    public InputStream blankTo(TextPosition other) {
        int columns = other.line == line ? other.column - column : other.column;
        return new SequenceInputStream(new Repeated('\n', other.line - line), new Repeated(' ', columns));
    }

    /** A stream that repeats one byte. */
    private static final class Repeated extends InputStream {

        private final char one;
        private int left;

        Repeated(char one, int times) {
            this.one = one;
            this.left = times;
        }

        @Override
        public int read() {
            return left-- > 0 ? one : -1;
        }
    }
}
