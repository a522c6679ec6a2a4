package dev.apprentice.dataset.datasets.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.dataset.datasets.layout.FaqPage;
import dev.apprentice.dataset.datasets.reading.ExampleReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** Reads a web page that describes its questions and answers to search engines: schema.org's FAQPage as JSON-LD. */
final class FaqHtml {

    private static final int LARGEST = 16 << 20;

    private FaqHtml() {}

    static void read(InputStream bytes, ExampleReader into) throws IOException {
        byte[] page = bytes.readNBytes(LARGEST + 1);
        if (page.length > LARGEST) {
            throw into.unreadable("is a web page larger than %,d bytes; send its questions and answers as JSON lines or CSV"
                    .formatted(LARGEST));
        }
        int found = 0;
        for (Element script : Jsoup.parse(new String(page, java.nio.charset.StandardCharsets.UTF_8)).select("script[type=application/ld+json]")) {
            for (JsonNode question : questions(script.data())) {
                into.add(0, question);
                found++;
            }
        }
        if (found == 0) {
            throw into.unreadable("is a web page without a FAQPage of schema.org as JSON-LD; send its questions and answers as JSON lines,"
                    + " CSV with the columns question and answer, or Markdown");
        }
    }

    private static List<JsonNode> questions(String script) {
        try {
            JsonNode json = Json.MAPPER.readTree(script);
            for (JsonNode each : json.isArray() ? json : List.<JsonNode>of()) {
                if (FaqPage.is(each)) {
                    return FaqPage.entries(each);
                }
            }
            return FaqPage.is(json) ? FaqPage.entries(json) : List.of();
        } catch (JsonProcessingException notForUs) {
            return List.of();
        }
    }
}
