package dev.apprentice.dataset.datasets.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The metadata that a page in Markdown may begin with: YAML between two lines of dashes.
 *
 * <p>A page may also begin with such a line as a rule between sections. So the lines that follow are metadata only if a second
 * line of dashes ends them, and they begin with a key, perhaps below comments. A {@code #} below a blank line is a heading.
 */
final class FrontMatter {

    private static final String BEGIN = "---";
    /** YAML ends a document with dashes or dots. */
    private static final Pattern END = Pattern.compile("(---|\\.\\.\\.)\\s*");
    private static final Pattern KEY = Pattern.compile("(?s)[\"']?[\\p{L}\\p{N}_.-]+[\"']?\\s*:(\\s.*)?");
    /** Characters in which the end is looked for. */
    private static final int MOST = 1 << 20;

    private FrontMatter() {}

    /**
     * Reads the beginning of a page, as far as is needed to know whether it is metadata.
     *
     * @return the lines that were read; their number is that of the page's first lines. Empty ones stand for metadata
     */
    static List<String> blankedIn(MarkdownLines page) throws IOException {
        Optional<String> first = page.next();
        List<String> lines = new ArrayList<>(first.stream().toList());
        if (first.filter(line -> line.stripTrailing().equals(BEGIN)).isEmpty()) {
            return lines;
        }
        int length = 0;
        for (Optional<String> line = page.next(); line.isPresent(); line = page.next()) {
            lines.add(line.get());
            length += line.get().length();
            if (END.matcher(line.get()).matches()) {
                return setsKeys(lines.subList(1, lines.size() - 1)) ? lines.stream().map(metadata -> "").toList() : lines;
            }
            if (length > MOST) {
                return lines;
            }
        }
        return lines;
    }

    private static boolean setsKeys(List<String> lines) {
        return lines.stream()
                .dropWhile(line -> line.startsWith("#"))
                .findFirst()
                .filter(first -> KEY.matcher(first).matches())
                .isPresent();
    }
}
