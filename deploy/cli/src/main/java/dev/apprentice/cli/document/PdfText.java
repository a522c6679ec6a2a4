package dev.apprentice.cli.document;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;

/**
 * Reads the text of a PDF, page by page. Files may come from anywhere, so pages, time and buffers are bounded: a file that hangs
 * or needs too much memory fails alone.
 */
final class PdfText {

    private static final int MOST_PAGES = 5_000;
    private static final long MOST_MEMORY = 256L << 20;
    private static final Duration MOST_TIME = Duration.ofMinutes(2);
    private static final String NO_PASSWORD = "";
    private static final String BETWEEN_PARAGRAPHS = "\n\n";
    /** Matches the hyphen of a word that is split at the end of a line. */
    private static final Pattern HYPHENATED = Pattern.compile("(?<=\\p{Ll})-\\R(?=\\p{Ll})");

    private PdfText() {}

    static Document of(Path file) {
        FutureTask<Document> reading = new FutureTask<>(() -> read(file));
        Thread thread = new Thread(reading, "pdf");
        thread.setDaemon(true); // does not keep the command from exiting if it hangs
        thread.start();
        try {
            return reading.get(MOST_TIME.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw new UnreadableDocumentException(
                    file, "its text was not extracted within " + MOST_TIME.toSeconds() + " s. Save it as text with"
                            + " another program");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreadableDocumentException(file, "reading it was interrupted");
        } catch (ExecutionException e) {
            throw reason(file, e.getCause());
        }
    }

    private static RuntimeException reason(Path file, Throwable failure) {
        if (failure instanceof UnreadableDocumentException known) {
            return known;
        }
        if (failure instanceof InvalidPasswordException) {
            return new UnreadableDocumentException(file, "it is encrypted. Save it without a password first");
        }
        if (failure instanceof OutOfMemoryError) {
            return new UnreadableDocumentException(file, "it needs more memory than is available. Save it as text with"
                    + " another program");
        }
        return new UnreadableDocumentException(file, "it is not a PDF, or is damaged. Open it in another program and save it again");
    }

    private static Document read(Path file) throws IOException {
        if (Files.size(file) == 0) {
            throw new UnreadableDocumentException(file, "it is empty");
        }
        try (PDDocument pdf = Loader.loadPDF(
                file.toFile(), NO_PASSWORD, MemoryUsageSetting.setupMainMemoryOnly(MOST_MEMORY).streamCache)) {
            int pages = pdf.getNumberOfPages();
            if (pages > MOST_PAGES) {
                throw new UnreadableDocumentException(
                        file, "it has " + pages + " pages; at most " + MOST_PAGES + " are read. Split it");
            }
            if (!pdf.getCurrentAccessPermission().canExtractContent()) {
                throw new UnreadableDocumentException(file, "it forbids extracting its text. Ask its author for a version that"
                        + " allows it");
            }
            List<Block> blocks = blocks(pdf, pages);
            if (blocks.isEmpty()) {
                throw new UnreadableDocumentException(file, "it has " + pages + (pages == 1 ? " page" : " pages")
                        + " and no text, as scanned pages have none. Have a program for text recognition add it (OCR)");
            }
            return new Document(file.toString(), pages, blocks);
        }
    }

    private static List<Block> blocks(PDDocument pdf, int pages) throws IOException {
        PDFTextStripper stripper = new PDFTextStripper();
        stripper.setLineSeparator("\n");
        stripper.setParagraphEnd(BETWEEN_PARAGRAPHS);
        PdfHeadings headings = new PdfHeadings(pdf);
        List<Block> blocks = new ArrayList<>();
        for (int page = 1; page <= pages && !Thread.currentThread().isInterrupted(); page++) {
            stripper.setStartPage(page);
            stripper.setEndPage(page);
            List<String> paragraphs = paragraphs(stripper.getText(pdf));
            List<Optional<String>> below = headings.of(paragraphs, page);
            for (int i = 0; i < paragraphs.size(); i++) {
                blocks.add(new Block(paragraphs.get(i), below.get(i), Optional.of(page)));
            }
        }
        return blocks;
    }

    private static List<String> paragraphs(String page) {
        return Stream.of(page.split("\\n\\s*\\n"))
                .map(paragraph -> HYPHENATED.matcher(paragraph).replaceAll("").replaceAll("\\s+", " ").strip())
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
