package dev.apprentice.judge.judges.rubric;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import dev.apprentice.chat.answer.AnswerFormat;
import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.run.Scale;
import dev.apprentice.prompts.PromptStyle;
import java.util.HashMap;
import java.util.Map;

/**
 * What a judge is asked, and how its answer is read.
 *
 * @param name what judges and users call it
 * @param version the first 12 hexadecimal digits of the SHA-256 of its file: no change goes unnoticed
 * @param format the form of an answer
 * @param scale what a score may be
 * @param template the question in Jinja. It may use {@code instruction}, {@code input}, {@code prompt} (both in the Alpaca
 *     style), {@code reference} and {@code response}; where two answers are compared, {@code first} and {@code second}
 *     instead of the last
 */
public record Rubric(String name, String version, AnswerFormat format, Scale scale, String template) {

    /** What a model wrote is text, never template code; a variable that does not exist is a mistake. */
    private static final Jinjava JINJA = new Jinjava(JinjavaConfig.newBuilder()
            .withNestedInterpretationEnabled(false)
            .withFailOnUnknownTokens(true)
            .build());

    /** Asks about one response. */
    public String question(Response response) {
        return render(values(response, Map.of("response", response.response())));
    }

    /**
     * Asks which of two responses to the same question is better.
     *
     * @param first shown as A
     * @param second shown as B
     */
    public String question(Response first, Response second) {
        return render(values(first, Map.of("first", first.response(), "second", second.response())));
    }

    /** Whether it compares two responses instead of grading one. */
    public boolean compares() {
        return format == AnswerFormat.REASON_AND_PREFERENCE;
    }

    /**
     * Puts the values in. Left to itself Jinjava copies all its filters and functions for each question, which takes several
     * times as long as the question; here they are shared, and so one question is put together at a time.
     */
    private String render(Map<String, String> values) {
        synchronized (JINJA) {
            Context library = JINJA.getGlobalContext();
            JinjavaInterpreter interpreter =
                    new JinjavaInterpreter(JINJA, new Context(library, values), JINJA.getGlobalConfig());
            JinjavaInterpreter.pushCurrent(interpreter);
            try {
                String question = interpreter.render(template);
                interpreter.getErrorsCopy().stream().findFirst().ifPresent(error -> {
                    throw unusable(error.getMessage());
                });
                return question;
            } catch (InterpretException e) {
                throw unusable(e.getMessage());
            } finally {
                JinjavaInterpreter.popCurrent();
                library.reset(); // what it noted about this question
            }
        }
    }

    private static IllegalArgumentException unusable(String reason) {
        return new IllegalArgumentException("the question is no Jinja that can be used: " + reason);
    }

    private static Map<String, String> values(Response response, Map<String, String> answers) {
        Map<String, String> values = new HashMap<>(answers);
        values.put("instruction", response.instruction());
        values.put("input", response.input());
        values.put("prompt", PromptStyle.ALPACA.prompt(response.instruction(), response.input()));
        values.put("reference", response.output());
        return values;
    }
}
