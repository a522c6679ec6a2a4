package dev.apprentice.prompts;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How an instruction becomes text. Each style is written exactly as the textbook does.
 *
 * <pre>
 * question = prompt + answer header        what a model that shall answer is given
 * row      = question + answer             what it learns from
 * </pre>
 */
public enum PromptStyle {
    /** Stanford Alpaca (Taori et al., 2023), as in the textbook's chapter 7. */
    ALPACA("alpaca") {
        @Override
        public String message(String instruction, String input) {
            return instruction + (input.isEmpty() ? "" : "\n\n### Input:\n" + input);
        }

        @Override
        String opening() {
            return "Below is an instruction that describes a task. "
                    + "Write a response that appropriately completes the request.\n\n### Instruction:\n";
        }

        @Override
        String answerHeader() {
            return "\n\n### Response:\n";
        }
    },
    /** Phi-3 (Abdin et al., 2024), as in the textbook's exercise 7.1. */
    PHI3("phi3") {
        @Override
        public String message(String instruction, String input) {
            return instruction + (input.isEmpty() ? "" : "\n" + input);
        }

        @Override
        String opening() {
            return "<|user|>\n";
        }

        @Override
        String answerHeader() {
            return "\n<|assistant|>\n";
        }
    };

    /** What the templates call the end of a text. */
    private static final String END = "eos_token";

    private final String id;
    private final String chatTemplate;

    PromptStyle(String id) {
        this.id = id;
        this.chatTemplate = TemplateText.read(id + ".jinja");
    }

    /** The name in specifications and on the command line. */
    public String id() {
        return id;
    }

    /** Instruction and input as one text: what a chat client sends as the user's message. */
    public abstract String message(String instruction, String input);

    /** What stands before the message. */
    abstract String opening();

    /** What stands between question and answer. */
    abstract String answerHeader();

    /** The question part, without the header of the answer. */
    public String prompt(String instruction, String input) {
        return opening() + message(instruction, input);
    }

    /** The text to give a model that shall answer: everything it generates is the response. */
    public String question(String instruction, String input) {
        return prompt(instruction, input) + answerHeader();
    }

    /**
     * The style as a Hugging Face chat template (Jinja), to be kept in a checkpoint's {@code chat_template.jinja}.
     *
     * <p>The begin and the end of a text are written into it by their names: it needs nothing from the tokenizer's
     * configuration, and ends an answer with what training ended it with.
     *
     * <p>A chat of one user message that is {@link #message(String, String)} renders to {@link #question(String,
     * String)} with {@code add_generation_prompt}, and followed by the assistant's answer to the whole row, end-of-text
     * included.
     *
     * @param beginOfText the token before a text, such as {@code <s>}; empty for none
     * @param endOfText the token behind an answer, such as {@code </s>}
     * @see <a href="https://huggingface.co/docs/transformers/chat_templating">Chat templates</a>
     */
    public String chatTemplate(String beginOfText, String endOfText) {
        String begin = beginOfText.isEmpty() ? "" : "{{- " + TemplateText.literal(beginOfText) + " -}}\n";
        return begin + chatTemplate.replace(END, TemplateText.literal(endOfText));
    }

    /** The style whose chat template this is, whatever begins and ends a text in it; empty for any other template. */
    public static Optional<PromptStyle> ofChatTemplate(String template) {
        return Stream.of(values())
                .filter(style -> template.matches("(\\{\\{- " + TemplateText.LITERAL + " -}}\n)?"
                        + Pattern.quote(style.chatTemplate)
                                .replace(END, "\\E(" + END + "|" + TemplateText.LITERAL + ")\\Q")))
                .findFirst();
    }

    /** @throws IllegalArgumentException naming the styles there are */
    public static PromptStyle of(String id) {
        return Stream.of(values()).filter(style -> style.id.equals(id)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("prompt style '" + id + "' is unknown; choose one of "
                        + Stream.of(values()).map(PromptStyle::id).collect(Collectors.joining(", "))));
    }
}
