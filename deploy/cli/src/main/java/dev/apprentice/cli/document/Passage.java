package dev.apprentice.cli.document;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A part of a document that is short enough to be asked about.
 *
 * @param source the document's path
 * @param heading the headings above it
 * @param page the page that it begins on
 * @param text one or more paragraphs
 */
public record Passage(String source, Optional<String> heading, Optional<Integer> page, String text) {

    private static final String BETWEEN_PARAGRAPHS = "\n\n";

    /** Returns its place for a person, such as {@code guide.pdf, page 3}. */
    public String place() {
        return source + page.map(number -> ", page " + number).orElse("") + heading.map(path -> ", \"" + path + "\"").orElse("");
    }

    /**
     * Cuts a document at headings, and else between paragraphs. It cuts a paragraph that is too long between sentences, and a
     * sentence that is too long between words.
     *
     * @param most the most characters of a passage
     */
    public static List<Passage> of(Document document, int most) {
        List<Passage> passages = new ArrayList<>();
        List<Block> together = new ArrayList<>();
        int length = -BETWEEN_PARAGRAPHS.length();
        for (Block block : document.blocks().stream().flatMap(block -> cut(block, most).stream()).toList()) {
            boolean begins = !together.isEmpty() && !together.get(0).heading().equals(block.heading());
            if (begins || length + BETWEEN_PARAGRAPHS.length() + block.text().length() > most) {
                end(document, together, passages);
                length = -BETWEEN_PARAGRAPHS.length();
            }
            together.add(block);
            length += BETWEEN_PARAGRAPHS.length() + block.text().length();
        }
        end(document, together, passages);
        return passages;
    }

    private static void end(Document document, List<Block> together, List<Passage> passages) {
        if (!together.isEmpty()) {
            Block first = together.get(0);
            passages.add(new Passage(document.source(), first.heading(), first.page(),
                    String.join(BETWEEN_PARAGRAPHS, together.stream().map(Block::text).toList())));
            together.clear();
        }
    }

    private static List<Block> cut(Block block, int most) {
        if (block.text().length() <= most) {
            return List.of(block);
        }
        List<Block> parts = new ArrayList<>();
        String rest = block.text();
        while (rest.length() > most) {
            int end = end(rest, most);
            parts.add(new Block(rest.substring(0, end).strip(), block.heading(), block.page()));
            rest = rest.substring(end).strip();
        }
        if (!rest.isEmpty()) {
            parts.add(new Block(rest, block.heading(), block.page()));
        }
        return parts;
    }

    /** Returns the last index at which the text can be cut, at most this many characters from its beginning. */
    private static int end(String text, int most) {
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        sentences.setText(text);
        int sentence = sentences.isBoundary(most) ? most : sentences.preceding(most);
        if (sentence > 0) {
            return sentence;
        }
        int space = text.lastIndexOf(' ', most);
        if (space > 0) {
            return space;
        }
        return Character.isHighSurrogate(text.charAt(most - 1)) && most > 1 ? most - 1 : most;
    }
}
