package dev.apprentice.dataset.datasets.reading.text;

import java.io.FilterReader;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;

/** A reader that skips the byte order mark which some editors write before UTF-8. */
public final class WithoutMark extends FilterReader {

    private static final char BYTE_ORDER_MARK = '\ufeff';

    public WithoutMark(Reader text) throws IOException {
        super(text(text));
    }

    private static Reader text(Reader text) throws IOException {
        PushbackReader pushback = new PushbackReader(text);
        int first = pushback.read();
        if (first >= 0 && first != BYTE_ORDER_MARK) {
            pushback.unread(first);
        }
        return pushback;
    }
}
