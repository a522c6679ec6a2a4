package dev.apprentice.dataset.datasets.reading;

import java.io.InputStream;
import java.io.SequenceInputStream;

/**
 * A place in a text, as JSON parsers count.
 *
 * @param line ends of lines before it
 * @param column characters before it on its line
 */
record Place(int line, int column) {

    static final Place BEGINNING = new Place(0, 0);

    /** Where one is that goes on from here through some UTF-8. */
    Place behind(byte[] utf8) {
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
        return behind(new Place(lines, columns));
    }

    /** @param goes a way from the beginning */
    Place behind(Place goes) {
        return goes.line == 0 ? new Place(line, column + goes.column) : new Place(line + goes.line, goes.column);
    }

    /** Blank text that leads from here to a place behind. */
    InputStream blankTo(Place other) {
        int columns = other.line == line ? other.column - column : other.column;
        return new SequenceInputStream(new Repeated('\n', other.line - line), new Repeated(' ', columns));
    }

    /** One byte many times. */
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
