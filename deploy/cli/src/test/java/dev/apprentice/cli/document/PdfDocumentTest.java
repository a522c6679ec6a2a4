package dev.apprentice.cli.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDDocumentOutline;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PDFs are read with their pages; for one that cannot be read, a sentence gives the reason. */
class PdfDocumentTest {

    @TempDir Path folder;

    private static void write(PDDocument pdf, String... lines) throws IOException {
        PDPage page = new PDPage();
        pdf.addPage(page);
        if (lines.length > 0) {
            try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
                content.beginText();
                content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
                content.setLeading(14);
                content.newLineAtOffset(72, 700);
                for (String line : lines) {
                    content.showText(line);
                    content.newLine();
                }
                content.endText();
            }
        }
    }

    @Test
    void passagesKnowTheirPage() throws IOException {
        Path file = folder.resolve("guide.pdf");
        try (PDDocument pdf = new PDDocument()) {
            write(pdf, "The bakery opens at se-", "ven on weekdays.");
            write(pdf);
            write(pdf, "Rye bread costs four euros.");
            pdf.save(file.toFile());
        }

        Document document = Document.read(file);

        assertThat(document.pages()).isEqualTo(3);
        assertThat(document.blocks()).containsExactly(
                new Block("The bakery opens at seven on weekdays.", Optional.empty(), Optional.of(1)),
                new Block("Rye bread costs four euros.", Optional.empty(), Optional.of(3)));
        assertThat(Passage.of(document, 40)).extracting(Passage::place).containsExactly(file + ", page 1", file + ", page 3");
        assertThat(Passage.of(document, 400)).extracting(Passage::text)
                .containsExactly("The bakery opens at seven on weekdays.\n\nRye bread costs four euros.");
    }

    @Test
    void theOutlineNamesTheHeadingsOfParagraphsAndADamagedEntryCostsItselfAlone() throws IOException {
        Path file = folder.resolve("guide.pdf");
        try (PDDocument pdf = new PDDocument()) {
            write(pdf, "Welcome to the bakery.");
            write(pdf, "PRICES of bread: rye costs four euros.");
            write(pdf, "It opens at seven.");
            PDDocumentOutline outline = new PDDocumentOutline();
            pdf.getDocumentCatalog().setDocumentOutline(outline);
            PDOutlineItem bakery = entry("Bakery", pdf.getPage(0));
            outline.addLast(bakery);
            outline.addLast(entry("Nowhere", new PDPage()));
            bakery.addLast(entry("Prices", pdf.getPage(1)));
            bakery.addLast(entry("Hours", pdf.getPage(1)));
            pdf.save(file.toFile());
        }

        Document document = Document.read(file);

        // "Hours" points to the second page, whose text begins with "Prices", so its section begins with the third
        assertThat(document.blocks()).extracting(Block::heading).containsExactly(
                Optional.of("Bakery"), Optional.of("Bakery > Prices"), Optional.of("Bakery > Hours"));
        assertThat(Passage.of(document, 400)).extracting(Passage::place).containsExactly(
                file + ", page 1, \"Bakery\"", file + ", page 2, \"Bakery > Prices\"", file + ", page 3, \"Bakery > Hours\"");
    }

    private static PDOutlineItem entry(String title, PDPage page) {
        PDOutlineItem item = new PDOutlineItem();
        item.setTitle(title);
        item.setDestination(page);
        return item;
    }

    @Test
    void scannedPagesAreRefused() throws IOException {
        Path file = folder.resolve("scan.pdf");
        try (PDDocument pdf = new PDDocument()) {
            write(pdf);
            write(pdf);
            pdf.save(file.toFile());
        }

        assertThatThrownBy(() -> Document.read(file)).hasMessage(file + " cannot be read: it has 2 pages and no text, as scanned pages"
                + " have none. Have a program for text recognition add it (OCR).");
    }

    @Test
    void anEncryptedFileIsRefused() throws IOException {
        Path file = folder.resolve("secret.pdf");
        try (PDDocument pdf = new PDDocument()) {
            write(pdf, "Secret.");
            pdf.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
            pdf.save(file.toFile());
        }

        assertThatThrownBy(() -> Document.read(file))
                .hasMessage(file + " cannot be read: it is encrypted. Save it without a password first.");
    }

    @Test
    void aFileWhoseTextMayNotBeTakenOutIsRefused() throws IOException {
        Path file = folder.resolve("locked.pdf");
        AccessPermission permission = new AccessPermission();
        permission.setCanExtractContent(false);
        try (PDDocument pdf = new PDDocument()) {
            write(pdf, "Locked.");
            pdf.protect(new StandardProtectionPolicy("owner", "", permission));
            pdf.save(file.toFile());
        }

        assertThatThrownBy(() -> Document.read(file)).hasMessageContaining("it forbids extracting its text");
    }

    @Test
    void aBrokenFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("broken.pdf"), "%PDF-1.7\nand no more");

        assertThatThrownBy(() -> Document.read(file)).hasMessage(file
                + " cannot be read: it is not a PDF, or is damaged. Open it in another program and save it again.");
        Path empty = Files.createFile(folder.resolve("empty.pdf"));
        assertThatThrownBy(() -> Document.read(empty)).hasMessage(empty + " cannot be read: it is empty.");
    }

    @Test
    void moreThanFiveThousandPagesAreRefused() throws IOException {
        Path file = folder.resolve("long.pdf");
        try (PDDocument pdf = new PDDocument()) {
            for (int page = 0; page <= 5_000; page++) {
                pdf.addPage(new PDPage());
            }
            pdf.save(file.toFile());
        }

        assertThatThrownBy(() -> Document.read(file))
                .hasMessage(file + " cannot be read: it has 5001 pages; at most 5000 are read. Split it.");
    }
}
