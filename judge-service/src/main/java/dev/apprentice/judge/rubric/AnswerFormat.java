package dev.apprentice.judge.rubric;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.Scale;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The form that a rubric asks for an answer in. Read strictly: a number fished out of prose may be the wrong one. */
public enum AnswerFormat {
    /**
     * An integer in ASCII digits without leading zeros, alone but for white space around it and one full stop after it:
     * {@code 85}, {@code 85.} and a line break behind are read, {@code Score: 85}, {@code 85/100} and {@code 85.5} are not.
     */
    INTEGER("integer", "Respond with the integer number only, from %s to %s.") {
        @Override
        public Optional<JsonSchema> schema() {
            return Optional.empty();
        }

        @Override
        public Optional<Reading> read(String answer, Scale scale) {
            Matcher integer = INTEGER_ALONE.matcher(answer.strip());
            return integer.matches()
                    ? within(scale, Double.parseDouble(integer.group(1)), Optional.empty())
                    : Optional.empty();
        }
    },
    /** <code>{"reason": "...", "score": 4}</code>: the reason before the score, so that the score follows from it. */
    REASON_AND_SCORE(
            "reason-and-score",
            "Respond with nothing but a JSON object: {\"reason\": \"...\", \"score\": an integer from %s to %s}") {
        @Override
        public Optional<JsonSchema> schema() {
            return verdict(JsonObjectSchema.builder().addStringProperty(REASON).addIntegerProperty("score"), "score");
        }

        @Override
        public Optional<Reading> read(String answer, Scale scale) {
            return reasoned(answer).flatMap(object -> object.path("score").isIntegralNumber()
                    ? within(scale, object.get("score").doubleValue(), reason(object))
                    : Optional.empty());
        }
    },
    /** <code>{"reason": "...", "correct": "yes"}</code>: 1 for yes and 0 for no. */
    REASON_AND_YES_OR_NO(
            "reason-and-yes-or-no",
            "Respond with nothing but a JSON object: {\"reason\": \"...\", \"correct\": \"yes\" or \"no\"}") {
        @Override
        public Optional<JsonSchema> schema() {
            return verdict(
                    JsonObjectSchema.builder().addStringProperty(REASON).addEnumProperty("correct", List.of("yes", "no")),
                    "correct");
        }

        @Override
        public Optional<Reading> read(String answer, Scale scale) {
            return choice(answer, "correct", Map.of("yes", 1.0, "no", 0.0));
        }
    },
    /** <code>{"reason": "...", "better": "A"}</code>: 1 for A, 0 for B, a half for a tie. */
    REASON_AND_PREFERENCE(
            "reason-and-preference",
            "Respond with nothing but a JSON object: {\"reason\": \"...\", \"better\": \"A\" or \"B\" or \"tie\"}") {
        @Override
        public Optional<JsonSchema> schema() {
            return verdict(
                    JsonObjectSchema.builder()
                            .addStringProperty(REASON)
                            .addEnumProperty("better", List.of("A", "B", "tie")),
                    "better");
        }

        @Override
        public Optional<Reading> read(String answer, Scale scale) {
            return choice(answer, "better", Map.of("A", 1.0, "B", 0.0, "tie", 0.5));
        }
    };

    private static final Pattern INTEGER_ALONE = Pattern.compile("(0|[1-9][0-9]{0,8})\\.?");
    /** What models like to wrap JSON in, whatever they are told. */
    private static final Pattern FENCE = Pattern.compile("```(?:json)?\\s*(.*?)\\s*```", Pattern.DOTALL);
    private static final String REASON = "reason";
    private static final ObjectReader STRICT =
            Json.MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String id;
    private final String reminder;

    AnswerFormat(String id, String reminder) {
        this.id = id;
        this.reminder = reminder;
    }

    /** What a rubric's file calls it. */
    String id() {
        return id;
    }

    /** The JSON schema of an answer; empty where it is no JSON. */
    public abstract Optional<JsonSchema> schema();

    /** What an answer says; empty where it is not in this form. */
    public abstract Optional<Reading> read(String answer, Scale scale);

    /** What to say to a judge whose answer could not be read. */
    public String reminder(Scale scale) {
        return "Your answer is not in the form that was asked for. "
                + reminder.formatted(number(scale.from()), number(scale.to()));
    }

    static AnswerFormat of(String id) {
        return Stream.of(values()).filter(format -> format.id.equals(id)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'answer' is '" + id + "'; it must be one of "
                        + Stream.of(values()).map(AnswerFormat::id).collect(Collectors.joining(", "))));
    }

    private static Optional<JsonSchema> verdict(JsonObjectSchema.Builder properties, String last) {
        return Optional.of(JsonSchema.builder()
                .name("verdict")
                .rootElement(properties.required(REASON, last).additionalProperties(false).build())
                .build());
    }

    private static Optional<Reading> choice(String answer, String field, Map<String, Double> choices) {
        return reasoned(answer)
                .flatMap(object -> Optional.ofNullable(choices.get(object.path(field).asText()))
                        .map(score -> new Reading(score, reason(object))));
    }

    /** The JSON object that an answer is, alone or in a code fence; empty without a reason. */
    private static Optional<JsonNode> reasoned(String answer) {
        Matcher fenced = FENCE.matcher(answer.strip());
        try {
            JsonNode node = STRICT.readTree(fenced.matches() ? fenced.group(1) : answer);
            return node.path(REASON).isTextual() && !node.path(REASON).textValue().isBlank()
                    ? Optional.of(node)
                    : Optional.empty();
        } catch (JsonProcessingException e) { // the caller keeps the text
            return Optional.empty();
        }
    }

    private static Optional<String> reason(JsonNode object) {
        return Optional.of(object.get(REASON).textValue().strip());
    }

    private static Optional<Reading> within(Scale scale, double score, Optional<String> reason) {
        return score >= scale.from() && score <= scale.to() ? Optional.of(new Reading(score, reason)) : Optional.empty();
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
