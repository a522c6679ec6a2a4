package dev.apprentice.judge.judges.rubric;

import dev.apprentice.chat.answer.AnswerFormat;
import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.Sha256;
import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Response.FinishReason;
import dev.apprentice.contracts.event.ResponseBuilder;
import dev.apprentice.contracts.run.Scale;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads a rubric's file: a head of {@code key: value} lines, a line {@code ---}, and the question in Jinja.
 *
 * <pre>
 * answer: reason-and-score        integer, reason-and-score, reason-and-yes-or-no or reason-and-preference
 * from: 1                         the scale, if the answer is a number
 * to: 5
 * ---
 * Grade this answer: {{ response }} ...
 * </pre>
 */
final class RubricReader {

    private static final Set<String> KEYS = Set.of("answer", "from", "to");
    private static final String END_OF_HEAD = "---";
    private static final int VERSION_DIGITS = 12;
    private static final Response TRIAL = ResponseBuilder.builder()
            .run("trial")
            .step(0)
            .example("trial")
            .index(0)
            .of(1)
            .instruction("i")
            .input("i")
            .output("o")
            .response("r")
            .finishReason(FinishReason.STOP)
            .promptTokens(1)
            .generatedTokens(1)
            .seconds(0)
            .build();

    private RubricReader() {}

    /**
     * Reads a rubric.
     *
     * @param name its name
     * @param origin where the text comes from, for error messages
     * @throws IllegalArgumentException naming origin, line and what is wrong there
     */
    static Rubric read(String name, String origin, String text) {
        String[] lines = text.split("\\R", -1);
        Map<String, String> head = new HashMap<>();
        Map<String, Integer> lineOf = new HashMap<>();
        int line = 0;
        while (line < lines.length && !lines[line].strip().equals(END_OF_HEAD)) {
            int colon = lines[line].indexOf(':');
            String key = colon < 0 ? lines[line].strip() : lines[line].substring(0, colon).strip();
            if (colon < 0 || !KEYS.contains(key)) {
                throw wrong(origin, line + 1, "'" + key + "' is not one of answer, from, to; the head ends with a line ---");
            }
            head.put(key, lines[line].substring(colon + 1).strip());
            line++;
            lineOf.put(key, line);
        }
        if (line == lines.length) {
            throw wrong(origin, line, "the line --- between head and question is missing");
        }
        int endOfHead = line + 1;
        Function<String, Integer> place = key -> lineOf.getOrDefault(key, endOfHead);
        AnswerFormat format = in(origin, place.apply("answer"), () -> AnswerFormat.of(head.getOrDefault("answer", "")));
        Scale scale = scale(format, origin, head, place);
        String question = String.join("\n", Arrays.copyOfRange(lines, line + 1, lines.length)).stripTrailing();
        return in(origin, endOfHead + 1, () -> tried(new Rubric(name, Sha256.start(text, VERSION_DIGITS), format, scale, question)));
    }

    /** Reads a part of the file, and adds its line to an error. */
    private static <T> T in(String origin, int line, Supplier<T> part) {
        try {
            return part.get();
        } catch (IllegalArgumentException | InvalidEventException e) {
            throw wrong(origin, line, e.getMessage());
        }
    }

    private static Scale scale(AnswerFormat format, String origin, Map<String, String> head, Function<String, Integer> place) {
        return switch (format) {
            case INTEGER, REASON_AND_SCORE -> {
                double from = in(origin, place.apply("from"), () -> number(head, "from"));
                double to = in(origin, place.apply("to"), () -> number(head, "to"));
                yield in(origin, place.apply("to"), () -> new Scale(from, to));
            }
            case REASON_AND_YES_OR_NO, REASON_AND_PREFERENCE -> new Scale(0, 1);
        };
    }

    private static double number(Map<String, String> head, String key) {
        try {
            return Integer.parseInt(head.getOrDefault(key, ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + key + "' is '" + head.getOrDefault(key, "") + "'; it must be an integer", e);
        }
    }

    /** Renders the rubric once, so that a mistake in the template shows when the service starts and not during an exam. */
    private static Rubric tried(Rubric rubric) {
        String asked = rubric.compares() ? rubric.question(TRIAL, TRIAL) : rubric.question(TRIAL);
        if (asked.isBlank()) {
            throw new IllegalArgumentException("the question is empty");
        }
        return rubric;
    }

    private static IllegalArgumentException wrong(String origin, int line, String what) {
        return new IllegalArgumentException("rubric " + origin + ", line " + line + ": " + what);
    }
}
