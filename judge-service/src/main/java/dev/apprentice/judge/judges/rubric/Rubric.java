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
 * A rubric: the question that a judge is asked, and the form of its answer.
 *
 * @param name the name by which judges and users refer to it
 * @param version the first 12 hexadecimal digits of the SHA-256 of its file, which change with the file
 * @param format the form of an answer
 * @param scale the range of scores
 * @param template the question in Jinja. It may use {@code instruction}, {@code input}, {@code prompt} (both in the Alpaca
 *     style), {@code reference} and {@code response}; a rubric that compares two answers has {@code first} and {@code second}
 *     instead of {@code response}
 */
public record Rubric(String name, String version, AnswerFormat format, Scale scale, String template) {

    /** Renders a model's text as plain text, never as template code. An unknown variable is an error. */
    private static final Jinjava JINJA = new Jinjava(JinjavaConfig.newBuilder()
            .withNestedInterpretationEnabled(false)
            .withFailOnUnknownTokens(true)
            .build());

    /** Returns the question about one response. */
    public String question(Response response) {
        return render(values(response, Map.of("response", response.response())));
    }

    /**
     * Returns the question which of two responses to the same question is better.
     *
     * @param first shown as A
     * @param second shown as B
     */
    public String question(Response first, Response second) {
        return render(values(first, Map.of("first", first.response(), "second", second.response())));
    }

    /** Tells whether it compares two responses instead of grading one. */
    public boolean compares() {
        return format == AnswerFormat.REASON_AND_PREFERENCE;
    }

    /**
     * Renders the template. By default Jinjava copies all its filters and functions for each question, which takes several times
     * as long as the rendering. Here all questions share them, so only one question is rendered at a time.
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
                library.reset(); // discard what it stored while rendering
            }
        }
    }

    private static IllegalArgumentException unusable(String reason) {
        return new IllegalArgumentException("the question is not a valid Jinja template: " + reason);
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
