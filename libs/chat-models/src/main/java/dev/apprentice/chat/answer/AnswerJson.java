package dev.apprentice.chat.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

/**
 * Extracts the JSON from an answer that should contain only JSON but usually contains more. {@link AnswerText} is strict because
 * one wrong number is a wrong score. Here every value is useful by itself, so more is accepted:
 *
 * <pre>
 * &lt;think>…&lt;/think> {…}           thinking before the answer is not the answer
 * Here are 3 of them: ```json […] ```   prose and a code fence
 * {…} {…}                            values one after the other
 * [{…}, {…}, {"que                  an answer that was cut off: its whole objects
 * </pre>
 */
public final class AnswerJson {

    private static final int LONGEST = 200_000;
    /**
     * The deepest nesting that is read; requested answers are less deep. Every bracket of an answer is tried, so an answer of
     * brackets costs this many steps for each of them.
     */
    private static final int DEEPEST = 32;
    private static final String THINK = "<think>";
    private static final String THOUGHT = "</think>";
    /** A parser that accepts two habits of models: raw line breaks in strings, and a trailing comma. */
    private static final JsonMapper LENIENT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                    .build())
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private AnswerJson() {}

    /** Returns the outermost objects and arrays, in order. An answer longer than 200,000 characters gives none. */
    public static List<JsonNode> values(String answer) {
        String text = answer.length() > LONGEST ? "" : unthinking(answer);
        List<JsonNode> values = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char first = text.charAt(at);
            at = first == '{' || first == '[' ? readFrom(text, at, values) : at + 1;
        }
        return values;
    }

    /**
     * Reads the value that begins at an index, if there is one.
     *
     * @return the index at which to continue
     */
    private static int readFrom(String text, int at, List<JsonNode> values) {
        try (Reader rest = new StringReader(text); JsonParser parser = LENIENT.createParser(rest)) {
            rest.skip(at); // cheaper than copying the rest for each bracket
            values.add(LENIENT.readTree(parser));
            return at + (int) parser.currentLocation().getCharOffset();
        } catch (IOException e) { // no value begins here; one may begin further inside
            return at + 1;
        }
    }

    private static String unthinking(String answer) {
        int thought = answer.lastIndexOf(THOUGHT);
        if (thought >= 0) {
            return answer.substring(thought + THOUGHT.length());
        }
        return answer.stripLeading().startsWith(THINK) ? "" : answer;
    }
}
