package dev.apprentice.cli.document;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineNode;

/**
 * The headings of a PDF from its outline (its bookmarks), since PDF itself has no headings. An entry of the outline points to a
 * page. Its section begins there with the paragraph that starts with its title. Without such a paragraph it begins with the page.
 * If an earlier section begins in the middle of that page, it begins with the next one.
 */
final class PdfHeadings {

    private static final int MOST = 10_000;
    private static final int DEEPEST = 10;

    /** An entry of the outline. @param path its title after the titles above it */
    private record Heading(String title, String path, int page) {}

    private final List<Heading> coming = new ArrayList<>();
    private Optional<String> current = Optional.empty();

    PdfHeadings(PDDocument pdf) {
        PDOutlineNode outline = pdf.getDocumentCatalog().getDocumentOutline();
        if (outline != null) {
            Map<COSDictionary, Integer> pages = new IdentityHashMap<>();
            for (PDPage page : pdf.getPages()) {
                pages.put(page.getCOSObject(), pages.size() + 1);
            }
            collect(pdf, outline, "", 0, pages);
            coming.sort(Comparator.comparingInt(Heading::page));
        }
    }

    /** Collects the entries, with bounds on number and depth, since a damaged outline can contain itself. */
    private void collect(PDDocument pdf, PDOutlineNode node, String above, int depth, Map<COSDictionary, Integer> pages) {
        for (PDOutlineItem item : node.children()) {
            if (coming.size() == MOST || depth == DEEPEST) {
                return;
            }
            String title = item.getTitle() == null ? "" : item.getTitle().replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
            String path = above + (above.isEmpty() || title.isEmpty() ? "" : " > ") + title;
            page(pdf, item, pages).ifPresent(page -> coming.add(new Heading(title, path, page)));
            collect(pdf, item, path, depth + 1, pages);
        }
    }

    /** Returns the entry's page number; empty if it points to no page of the document. */
    private static Optional<Integer> page(PDDocument pdf, PDOutlineItem item, Map<COSDictionary, Integer> pages) {
        try {
            return Optional.ofNullable(item.findDestinationPage(pdf)).map(page -> pages.get(page.getCOSObject()));
        } catch (IOException | RuntimeException damaged) { // skips only a damaged entry
            return Optional.empty();
        }
    }

    /** Returns the headings above each paragraph of a page, the outermost first. Must be called for pages in their order. */
    List<Optional<String>> of(List<String> paragraphs, int page) {
        int atTop = 0;
        while (atTop < coming.size() && coming.get(atTop).page <= page && !beginsOne(paragraphs, coming.get(atTop), page)) {
            atTop++;
        }
        begin(atTop);
        return paragraphs.stream().map(paragraph -> of(paragraph, page)).toList();
    }

    private static boolean beginsOne(List<String> paragraphs, Heading heading, int page) {
        return heading.page == page && paragraphs.stream().anyMatch(paragraph -> begins(paragraph, heading.title));
    }

    private Optional<String> of(String paragraph, int page) {
        int begun = 0;
        for (int i = 0; i < coming.size() && coming.get(i).page <= page; i++) {
            begun = begins(paragraph, coming.get(i).title) ? i + 1 : begun;
        }
        begin(begun);
        return current;
    }

    private void begin(int headings) {
        if (headings > 0) {
            current = Optional.of(coming.get(headings - 1).path).filter(path -> !path.isEmpty());
            coming.subList(0, headings).clear();
        }
    }

    private static boolean begins(String paragraph, String title) {
        return !title.isEmpty() && paragraph.toLowerCase(Locale.ROOT).startsWith(title.toLowerCase(Locale.ROOT));
    }
}
