package dev.apprentice.dataset.datasets.format;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.dataset.datasets.reading.ExampleReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a Markdown page of questions and answers: each heading is a question, and the text below it the answer. A heading with
 * subheadings and no text of its own is a chapter.
 */
final class FaqMarkdown {

    private static final Pattern HEADING = Pattern.compile("(?s) {0,3}(#{1,6})(\\s.*)");
    private static final Pattern UNDERLINE = Pattern.compile(" {0,3}(=+|-+)\\s*");
    /** A line that an underline turns into a heading: plain text after a blank line. */
    private static final Pattern UNDERLINED = Pattern.compile("(?s) {0,3}(?![-*+>|#]\\s|[0-9]+[.)]\\s|```|~~~)\\S.*");

    private static final int LONGEST_ANSWER = 16 << 20;

    private final ExampleReader into;
    private final StringBuilder answer = new StringBuilder();
    private Optional<CodeFence> open = Optional.empty();
    private String question = "";
    private int number;
    private int questionLine;
    private int level;

    private FaqMarkdown(ExampleReader into) {
        this.into = into;
    }

    static void read(InputStream utf8, ExampleReader into) throws IOException {
        FaqMarkdown page = new FaqMarkdown(into);
        MarkdownLines lines = new MarkdownLines(utf8, into);
        for (String line : FrontMatter.blankedIn(lines)) {
            page.take(line);
        }
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            page.take(line.get());
        }
        page.end(0);
    }

    private void take(String line) throws IOException {
        number++;
        if (open.isPresent()) {
            open = open.filter(fence -> !fence.isClosedBy(line));
            append(line);
            return;
        }
        open = CodeFence.openedBy(line);
        Matcher heading = HEADING.matcher(line);
        if (heading.matches()) {
            begin(heading.group(1).length(), withoutClosingMarks(heading.group(2).strip()), number);
        } else if (UNDERLINE.matcher(line).matches() && isUnderlined()) {
            begin(line.strip().startsWith("=") ? 1 : 2, takeLastLine(), number - 1);
        } else {
            append(line);
        }
    }

    private void append(String line) {
        answer.append(line).append('\n');
        if (answer.length() > LONGEST_ANSWER) {
            throw into.unreadable("is a page with more than %,d characters before line %,d without a heading; divide them by headings"
                    .formatted(LONGEST_ANSWER, number + 1));
        }
    }

    /** Removes the marks that may close a heading. Those of {@code C#} belong to its text, since no space is before them. */
    private static String withoutClosingMarks(String heading) {
        int end = heading.length();
        while (end > 0 && heading.charAt(end - 1) == '#') {
            end--;
        }
        boolean isApart = end == 0 || Character.isWhitespace(heading.charAt(end - 1));
        return isApart ? heading.substring(0, end).strip() : heading;
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
