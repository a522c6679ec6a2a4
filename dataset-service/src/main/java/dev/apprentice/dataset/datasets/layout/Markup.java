package dev.apprentice.dataset.datasets.layout;

import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.safety.Safelist;

/** Removes HTML from text. */
public final class Markup {

    private static final Pattern TAG = Pattern.compile("<[a-zA-Z/!]|&[a-zA-Z#][a-zA-Z0-9]*;");

    private Markup() {}

    /** Returns the text without tags; paragraphs, list items and line breaks begin new lines. */
    public static String text(String html) {
        if (!TAG.matcher(html).find()) {
            return html.strip();
        }
        Document document = Jsoup.parseBodyFragment(html);
        document.outputSettings().prettyPrint(false);
        for (Element element : document.select("br, p, li, div, h1, h2, h3, h4, h5, h6, tr")) {
            element.before(element.normalName().equals("li") ? "\n- " : "\n");
        }
        String plain = Jsoup.clean(document.body().html(), "", Safelist.none(), document.outputSettings());
        return org.jsoup.parser.Parser.unescapeEntities(plain, false).replaceAll("[ \\t]*\n\\s*", "\n").strip();
    }
}
