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
 * The JSON in an answer that was to be JSON alone, and mostly is not. {@link AnswerText} is strict, for one wrong number is
 * a wrong score; here each value stands for itself:
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
    /** Deeper than any that was asked for. Each bracket of an answer is tried, so brackets alone cost so many times their number. */
    private static final int DEEPEST = 32;
    private static final String THINK = "<think>";
    private static final String THOUGHT = "</think>";
    /** Models write line breaks into texts, and a comma behind the last. */
    private static final JsonMapper LENIENT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                    .build())
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private AnswerJson() {}

    /** The outermost objects and arrays, in their order; none of an answer that is longer than any that was asked for. */
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

    /** @return where to look on */
    private static int readFrom(String text, int at, List<JsonNode> values) {
        try (Reader rest = new StringReader(text); JsonParser parser = LENIENT.createParser(rest)) {
            rest.skip(at); // rather than a copy of the rest for each bracket
            values.add(LENIENT.readTree(parser));
            return at + (int) parser.currentLocation().getCharOffset();
        } catch (IOException e) { // no value begins here; one may inside
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
