package dev.apprentice.chat.answer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.run.Scale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads answers despite the text that models put around them. Only unambiguous answers are read:
 *
 * <pre>
 * &lt;think>…&lt;/think> 85              thinking before the answer is not the answer
 * 85.   85.0   **85**   `85`       a number alone, whole, emphasised or not
 * 85/100                           the scale's end after it
 * ```json {"score": 4} ```         a JSON object in a code fence
 * Here is my verdict: {"score": 4} a sentence before the only JSON object, or a greeting after it
 * {"score": "4"}   {"score": 4.0}  its number as a text, or with zeros
 * </pre>
 */
final class AnswerText {

    private static final Pattern THINKING = Pattern.compile("\\A\\s*<think>.*?</think>", Pattern.DOTALL);
    private static final Pattern EMPHASIS = Pattern.compile("(\\*\\*|\\*|__|`)([^*_`]+)\\1");
    private static final Pattern NUMBER =
            Pattern.compile("(0|[1-9][0-9]{0,8})(?:\\.0{1,9})?(?: ?/ ?(0|[1-9][0-9]{0,8}))?\\.?");
    /** What a sentence before an answer must not contain: it could be a second answer. */
    private static final Pattern NUMERAL = Pattern.compile(
            "[0-9{}]|</?think>|\\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|hundred)\\b", Pattern.CASE_INSENSITIVE);
    /** What a sentence after an answer must not contain either: it could correct the answer. */
    private static final Pattern CORRECTION = Pattern.compile(
            "\\b(?:score|grade|rating|verdict|correct|incorrect|wrong|right|instead|actually|but|however|yes|no|not|tie|a|b|better"
                    + "|worse|change|mistake|sorry|wait|should|would|rather)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final ObjectReader STRICT = Json.MAPPER.reader()
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private AnswerText() {}

    /** Reads an answer that is a whole number; empty if it is not, or if the number is outside the scale. */
    static Optional<Double> number(String answer, Scale scale) {
        String bare = unthinking(answer).strip();
        Matcher emphasised = EMPHASIS.matcher(bare);
        Matcher number = NUMBER.matcher(emphasised.matches() ? emphasised.group(2).strip() : bare);
        if (!number.matches() || number.group(2) != null && Double.parseDouble(number.group(2)) != scale.to()) {
            return Optional.empty();
        }
        return within(Double.parseDouble(number.group(1)), scale);
    }

    /** Reads a field of an answer that is a whole number; empty if it is not, or if the number is outside the scale. */
    static Optional<Double> number(JsonNode field, Scale scale) {
        if (field.isTextual()) {
            return number(field.textValue(), scale);
        }
        return Optional.of(field)
                .filter(JsonNode::isNumber)
                .map(JsonNode::doubleValue)
                .filter(value -> value == Math.rint(value))
                .flatMap(value -> within(value, scale));
    }

    /** Returns the only JSON object of an answer; empty if it has none, several, or one with a duplicate field. */
    static Optional<JsonNode> object(String answer) {
        String text = unthinking(answer);
        int from = text.indexOf('{');
        int to = text.lastIndexOf('}') + 1;
        if (from < 0 || to <= from || NUMERAL.matcher(text.substring(0, from)).find()
                || NUMERAL.matcher(text.substring(to)).find() || CORRECTION.matcher(text.substring(to)).find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(STRICT.readTree(text.substring(from, to)));
        } catch (JsonProcessingException e) { // the caller keeps the text
            return Optional.empty();
        }
    }

    private static Optional<Double> within(double value, Scale scale) {
        return Optional.of(value).filter(score -> score >= scale.from() && score <= scale.to());
    }

    private static String unthinking(String answer) {
        return THINKING.matcher(answer).replaceFirst("");
    }
}
