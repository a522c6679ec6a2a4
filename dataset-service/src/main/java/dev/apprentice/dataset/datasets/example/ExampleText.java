package dev.apprentice.dataset.datasets.example;

import dev.apprentice.contracts.Turn;
import dev.apprentice.prompts.PromptStyle;
import java.util.List;

/**
 * An example as a model reads it.
 *
 * <pre>
 * question       opening, instruction, input, answer header | output
 * conversation   system, user, answer header, assistant, user, answer header | output
 * text           its beginning | its rest
 * </pre>
 *
 * A conversation in Alpaca's style repeats {@code ### Instruction:} for each turn, as LLaMA-Factory does; what the system says
 * takes the place of its first sentence.
 */
public final class ExampleText {

    private ExampleText() {}

    /** What a model is given that shall answer: everything it generates is the response. */
    public static String question(PromptStyle style, Example example) {
        if (example.isText()) {
            return example.instruction();
        }
        if (example.system().isEmpty() && example.turns().isEmpty()) {
            return style.question(example.instruction(), example.input());
        }
        Headers headers = Headers.of(style);
        List<Turn> turns = example.turns().isEmpty()
                ? List.of(new Turn(Turn.USER, style.message(example.instruction(), example.input())))
                : example.turns();
        StringBuilder text = new StringBuilder(headers.system(example.system()));
        for (int i = 0; i < turns.size(); i++) {
            String header = headers.of(turns.get(i).role());
            text.append(i == 0 ? header.stripLeading() : header).append(turns.get(i).content());
        }
        return text + headers.of(Turn.ASSISTANT);
    }

    /** What stands before a turn, beginning with what ends the one before. */
    private record Headers(String opening, String user, String assistant, String tool, String systemEnd) {

        static Headers of(PromptStyle style) {
            String sentence = style.prompt("", "");
            return switch (style) {
                case ALPACA -> new Headers(sentence.substring(0, sentence.indexOf("###")), "\n\n### Instruction:\n",
                        "\n\n### Response:\n", "\n\n### Tool:\n", "\n\n");
                case PHI3 -> new Headers("", "\n<|user|>\n", "\n<|assistant|>\n", "\n<|tool|>\n", "\n");
            };
        }

        String of(String role) {
            return switch (role) {
                case Turn.USER -> user;
                case Turn.TOOL -> tool;
                default -> assistant;
            };
        }

        String system(String said) {
            return said.isEmpty() ? opening : (opening.isEmpty() ? "<|system|>\n" : "") + said + systemEnd;
        }
    }
}
