package dev.apprentice.dataset.datasets.format;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.dataset.datasets.reading.ExampleReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of questions and answers in Markdown: each heading is a question, and the text below it the answer. A heading with other
 * headings below it and no text of its own is a chapter. */
final class FaqMarkdown {

    private static final Pattern HEADING = Pattern.compile(" {0,3}(#{1,6})\\s+(.*?)\\s*#*\\s*");
    private static final Pattern FENCE = Pattern.compile(" {0,3}(```|~~~).*");

    private final ExampleReader into;
    private final StringBuilder answer = new StringBuilder();
    private String question = "";
    private int questionLine;
    private int level;

    private FaqMarkdown(ExampleReader into) {
        this.into = into;
    }

    static void read(InputStream bytes, ExampleReader into) throws IOException {
        FaqMarkdown page = new FaqMarkdown(into);
        BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
        boolean fenced = false;
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            fenced ^= FENCE.matcher(line).matches();
            Matcher heading = HEADING.matcher(line);
            if (!fenced && heading.matches()) {
                page.end(heading.group(1).length());
                page.question = heading.group(2);
                page.questionLine = number;
                page.level = heading.group(1).length();
            } else {
                page.answer.append(line).append('\n');
            }
        }
        page.end(0);
    }

    /** @param nextLevel of the heading that follows; 0 at the end */
    private void end(int nextLevel) throws IOException {
        String text = answer.toString().strip();
        answer.setLength(0);
        boolean isChapter = text.isEmpty() && nextLevel > level;
        if (question.isEmpty()) {
            if (!text.isEmpty()) {
                into.ignore("text before the first heading");
            }
        } else if (isChapter || level == 1 && nextLevel > 1) {
            into.ignore("chapter headings");
        } else {
            ObjectNode entry = JsonNodeFactory.instance.objectNode();
            into.add(questionLine, entry.put("question", question).put("answer", text));
        }
    }
}
