package dev.apprentice.chat.answer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.chat.AnswerForm;
import dev.apprentice.contracts.run.Scale;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The form of answer that a rubric requires. {@link AnswerText} defines which text may surround the answer; a number taken from
 * prose could be the wrong one.
 */
public enum AnswerFormat {
    /**
     * A whole number in ASCII digits without leading zeros, such as {@code 85}; {@code Score: 85} and {@code 85.5} are not in
     * this form.
     */
    INTEGER("integer", "Respond with the integer number only, from %s to %s.") {
        @Override
        public Optional<JsonSchema> schema() {
            return Optional.empty();
        }

        @Override
        public Optional<Reading> read(String answer, Scale scale) {
            return AnswerText.number(answer, scale).map(score -> new Reading(score, Optional.empty()));
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
            return AnswerText.object(answer).flatMap(object -> AnswerText.number(object.path("score"), scale)
                    .map(score -> new Reading(score, reason(object))));
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
    /** <code>{"reason": "...", "better": "A"}</code>: 1 for A, 0 for B, 0.5 for a tie. */
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

    private static final String REASON = "reason";

    private final String id;
    private final String reminder;

    AnswerFormat(String id, String reminder) {
        this.id = id;
        this.reminder = reminder;
    }

    /** Returns its name in a rubric's file. */
    public String id() {
        return id;
    }

    /** Returns the JSON schema of an answer; empty if the form is not JSON. */
    public abstract Optional<JsonSchema> schema();

    /** Reads an answer; empty if it is not in this form. */
    public abstract Optional<Reading> read(String answer, Scale scale);

    /**
     * Returns the form for an answer on this scale. A truncated answer is not read: an {@code 8} in it may be the beginning of
     * 85.
     */
    public AnswerForm<Reading> form(Scale scale) {
        return new AnswerForm<>(
                schema(),
                "Your answer is not in the form that was asked for. " + reminder.formatted(number(scale.from()), number(scale.to())),
                reply -> reply.unfinished() ? Optional.empty() : read(reply.text(), scale));
    }

    /**
     * Returns the format of that name.
     *
     * @throws IllegalArgumentException naming the existing formats, if there is none of that name
     */
    public static AnswerFormat of(String id) {
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
        return AnswerText.object(answer)
                .flatMap(object -> choices.entrySet().stream()
                        .filter(choice -> choice.getKey().equalsIgnoreCase(object.path(field).asText().strip()))
                        .findFirst()
                        .map(choice -> new Reading(choice.getValue(), reason(object))));
    }

    private static Optional<String> reason(JsonNode object) {
        return Optional.ofNullable(object.path(REASON).textValue()).map(String::strip).filter(reason -> !reason.isEmpty());
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
