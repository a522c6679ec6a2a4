package dev.apprentice.dataset.datasets.format;

import dev.apprentice.dataset.datasets.reading.ExampleReader;
import dev.apprentice.dataset.datasets.reading.text.Lines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The lines of a page, without their ends. A page that puts all into one line cannot fill the memory. */
final class MarkdownLines {

    static final int LONGEST = 16 << 20;

    private final Lines lines;
    private final ExampleReader into;

    /** @param utf8 whose validity is checked elsewhere */
    MarkdownLines(InputStream utf8, ExampleReader into) {
        this.lines = new Lines(utf8, LONGEST);
        this.into = into;
    }

    /** Returns the next line; empty at the end. */
    Optional<String> next() throws IOException {
        Optional<Lines.Line> line = lines.next();
        if (line.filter(Lines.Line::isTruncated).isPresent()) {
            throw into.unreadable("is a page with %,d bytes in line %,d; the limit is %,d".formatted(
                    line.get().length(), line.get().number(), LONGEST));
        }
        return line.map(whole -> new String(whole.content(), StandardCharsets.UTF_8))
                .map(text -> text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }
}
