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

/**
 * Reads a Markdown page of questions and answers: each heading is a question, and the text below it the answer. A heading with
 * subheadings and no text of its own is a chapter.
 */
final class FaqMarkdown {

    private static final Pattern HEADING = Pattern.compile(" {0,3}(#{1,6})\\s+(.*?)\\s*#*\\s*");
    private static final Pattern UNDERLINE = Pattern.compile(" {0,3}(=+|-+)\\s*");
    /** A line that an underline turns into a heading: plain text after a blank line. */
    private static final Pattern UNDERLINED = Pattern.compile(" {0,3}(?![-*+>|#]\\s|[0-9]+[.)]\\s)\\S.*");
    private static final String FRONT_MATTER = "---";
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
            if (number == 1 && line.strip().equals(FRONT_MATTER)) {
                number += skipFrontMatter(lines);
                continue;
            }
            fenced ^= FENCE.matcher(line).matches();
            Matcher heading = HEADING.matcher(line);
            if (!fenced && heading.matches()) {
                page.begin(heading.group(1).length(), heading.group(2), number);
            } else if (!fenced && UNDERLINE.matcher(line).matches() && page.isUnderlined()) {
                page.begin(line.strip().startsWith("=") ? 1 : 2, page.takeLastLine(), number - 1);
            } else {
                page.answer.append(line).append('\n');
            }
        }
        page.end(0);
    }

    /** Skips the metadata of the page between two lines of dashes. @return the number of lines after the first */
    private static int skipFrontMatter(BufferedReader lines) throws IOException {
        int skipped = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            skipped++;
            if (line.strip().equals(FRONT_MATTER)) {
                break;
            }
        }
        return skipped;
    }

    private void begin(int itsLevel, String heading, int line) throws IOException {
        end(itsLevel);
        question = heading;
        questionLine = line;
        level = itsLevel;
    }

    private boolean isUnderlined() {
        int begin = lastLine();
        String line = answer.substring(begin).stripTrailing();
        int before = begin == 0 ? 0 : answer.lastIndexOf("\n", begin - 2) + 1;
        return UNDERLINED.matcher(line).matches() && answer.substring(before, begin).isBlank();
    }

    private int lastLine() {
        return answer.lastIndexOf("\n", answer.length() - 2) + 1;
    }

    private String takeLastLine() {
        int begin = lastLine();
        String line = answer.substring(begin).strip();
        answer.setLength(begin);
        return line;
    }

    /** Ends a question. @param nextLevel the next heading's level; 0 at the end */
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
