package dev.apprentice.cli.document;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the paragraphs of a UTF-8 text; for Markdown, with the headings above each. */
final class PlainText {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final Pattern HEADING = Pattern.compile(" {0,3}(#{1,6})\\s+(.*?)(?:\\s+#+)?\\s*");
    /** Matches the line under a heading's text: = for the first level, - for the second. */
    private static final Pattern UNDERLINE = Pattern.compile(" {0,3}(=+|-{2,})\\s*");
    private static final Pattern FENCE = Pattern.compile(" {0,3}(```|~~~).*");

    private final boolean markdown;
    private final List<Block> blocks = new ArrayList<>();
    private final List<String> headings = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private String fence = "";

    private PlainText(boolean markdown) {
        this.markdown = markdown;
    }

    /** Reads the paragraphs of a file. @throws UnreadableDocumentException if it is not UTF-8 */
    static List<Block> of(Path file, boolean markdown) throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new UnreadableDocumentException(file, "it is not UTF-8. Save it in that encoding");
        }
        PlainText reading = new PlainText(markdown);
        text.replace(BYTE_ORDER_MARK, "").lines().forEach(reading::take);
        reading.endParagraph();
        return reading.blocks;
    }

    private void take(String line) {
        if (markdown && takesAsMarkdown(line)) {
            return;
        }
        if (line.isBlank() && fence.isEmpty()) {
            endParagraph();
        } else {
            lines.add(line.stripTrailing());
        }
    }

    /**
     * Handles a line of Markdown syntax and tells whether it did. In a fence, {@code #} is text and an empty line does not end a
     * paragraph.
     */
    private boolean takesAsMarkdown(String line) {
        Matcher mark = FENCE.matcher(line);
        if (mark.matches() && (fence.isEmpty() || fence.equals(mark.group(1)))) {
            fence = fence.isEmpty() ? mark.group(1) : "";
            return false;
        }
        Matcher heading = HEADING.matcher(line);
        Matcher underline = UNDERLINE.matcher(line);
        if (fence.isEmpty() && heading.matches()) {
            endParagraph();
            begin(heading.group(1).length(), heading.group(2));
            return true;
        }
        if (fence.isEmpty() && underline.matches() && lines.size() == 1) {
            String title = lines.remove(0);
            begin(underline.group(1).startsWith("=") ? 1 : 2, title);
            return true;
        }
        return false;
    }

    private void begin(int level, String heading) {
        while (headings.size() >= level) {
            headings.remove(headings.size() - 1);
        }
        while (headings.size() < level - 1) {
            headings.add("");
        }
        headings.add(heading.strip());
    }

    private void endParagraph() {
        String text = String.join("\n", lines).strip();
        lines.clear();
        if (!text.isEmpty()) {
            String path = String.join(" > ", headings.stream().filter(heading -> !heading.isEmpty()).toList());
            blocks.add(new Block(text, Optional.of(path).filter(heading -> !heading.isEmpty()), Optional.empty()));
        }
    }
}
