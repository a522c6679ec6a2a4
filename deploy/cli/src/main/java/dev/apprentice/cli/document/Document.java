package dev.apprentice.cli.document;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A document that was read.
 *
 * @param source its path, as it was named or found
 * @param pages how many pages it has; 0 if the format has none
 * @param blocks its paragraphs in their order, at least one
 */
public record Document(String source, int pages, List<Block> blocks) {

    /** Extensions of the files that can be read. */
    public static final List<String> ENDINGS = List.of(".txt", ".text", ".md", ".markdown", ".pdf");

    static final long MOST_BYTES = 200_000_000;

    /** Tells whether the file's extension is one that can be read. */
    public static boolean isOne(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    /** Reads a document. @throws UnreadableDocumentException with the reason why it cannot be read, and what helps */
    public static Document read(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        Document document;
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new UnreadableDocumentException(
                        file, "it has " + Files.size(file) + " bytes; at most " + MOST_BYTES + " are read. Split it");
            }
            document = name.endsWith(".pdf") ? PdfText.of(file)
                    : new Document(file.toString(), 0, PlainText.of(file, name.endsWith(".md") || name.endsWith(".markdown")));
        } catch (IOException e) {
            throw new UnreadableDocumentException(file, "it cannot be opened (" + e.getMessage() + ")");
        }
        if (document.blocks.isEmpty()) {
            throw new UnreadableDocumentException(file, "it is empty");
        }
        return document;
    }
}
