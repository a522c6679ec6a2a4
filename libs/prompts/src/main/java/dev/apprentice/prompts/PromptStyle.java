package dev.apprentice.prompts;

import dev.apprentice.prompts.jinja.Template;
import dev.apprentice.prompts.jinja.value.Rendered;
import dev.apprentice.prompts.jinja.value.TemplateException;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How an instruction becomes text: a name and a Jinja template. Alpaca and Phi-3 are written exactly as the textbook does.
 *
 * <pre>
 * question = prompt + answer header        what a model that shall answer is given
 * row      = question + answer             what it learns from
 * </pre>
 */
public final class PromptStyle {

    /** Stanford Alpaca (Taori et al., 2023), as in the textbook's chapter 7. */
    public static final PromptStyle ALPACA = bundled("alpaca");
    /** Phi-3 (Abdin et al., 2024), as in the textbook's exercise 7.1. */
    public static final PromptStyle PHI3 = bundled("phi3");

    /** The name that stands for the chat template of the model's own folder. */
    public static final String MODEL = "model";
    /** How the names of users' templates end. */
    public static final String FILE_ENDING = ".jinja";

    private static final List<PromptStyle> BUNDLED = List.of(
            ALPACA, PHI3, bundled("chatml"), bundled("llama-2"), bundled("llama-3"), bundled("zephyr"), bundled("vicuna"),
            bundled("plain"));

    /** What the templates call the begin and the end of a text. */
    private static final String BEGIN = "bos_token";
    private static final String END = "eos_token";
    private static final Map<String, String> NO_TOKENS = Map.of(BEGIN, "", END, "");
    /** Bundled templates do not look at the clock. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    private static final Pattern TOOLS = Pattern.compile("\\btools\\b");

    private final String id;
    private final StyleFile file;
    private final Template template;
    private final boolean bundled;

    private PromptStyle(String id, StyleFile file, boolean bundled) {
        this.id = id;
        this.file = file;
        this.template = Template.parse(file.template());
        this.bundled = bundled;
    }

    private static PromptStyle bundled(String id) {
        return new PromptStyle(id, StyleFile.of(TemplateText.read(id + FILE_ENDING)), true);
    }

    /** The styles that come with the product. */
    public static List<PromptStyle> values() {
        return BUNDLED;
    }

    /** @throws IllegalArgumentException naming the styles there are */
    public static PromptStyle of(String id) {
        String known = id.equals("phi-3") ? "phi3" : id;
        return BUNDLED.stream().filter(style -> style.id.equals(known)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "prompt style '" + id + "' is unknown; choose one of " + names()));
    }

    /** Whether a name may stand in a specification: a bundled style's, a user's template's, or the model's own. */
    public static boolean isName(String name) {
        return name.equals(MODEL) || isFile(name) || name.equals("phi-3") || BUNDLED.stream().anyMatch(style -> style.id.equals(name));
    }

    /** Whether a name is that of a user's template. */
    public static boolean isFile(String name) {
        return name.endsWith(FILE_ENDING) && name.length() > FILE_ENDING.length();
    }

    /** The names of the bundled styles, for messages. */
    public static String names() {
        return BUNDLED.stream().map(PromptStyle::id).collect(Collectors.joining(", "));
    }

    /**
     * A user's or a model's template.
     *
     * @param id its name
     * @param text the template; it may have a head as the bundled files have
     * @throws TemplateException naming the line and what is wrong there
     */
    public static PromptStyle ofTemplate(String id, String text) {
        return new PromptStyle(id, StyleFile.of(text), false);
    }

    /** The name in specifications and on the command line. */
    public String id() {
        return id;
    }

    /** Whether it comes with the product; then the tokenizer puts the begin-of-text before a text, else the template does. */
    public boolean isBundled() {
        return bundled;
    }

    /** Whether the template writes descriptions of tools. */
    public boolean writesTools() {
        return TOOLS.matcher(file.template()).find();
    }

    /** The template's text. */
    public String template() {
        return file.template();
    }

    /** Instruction and input as one text: what a chat client sends as the user's message. */
    public String message(String instruction, String input) {
        return instruction + (input.isEmpty() ? "" : file.inputSeparator() + input);
    }

    /** The question part, without the header of the answer. */
    public String prompt(String instruction, String input) {
        return render(Conversation.of(message(instruction, input)), NO_TOKENS, false, NO_TIME).text();
    }

    /** The text to give a model that shall answer: everything it generates is the response. */
    public String question(String instruction, String input) {
        return question(Conversation.of(message(instruction, input)));
    }

    /** A question behind a conversation; without special tokens between its turns. */
    public String question(Conversation conversation) {
        return render(conversation, NO_TOKENS, true, NO_TIME).text();
    }

    /**
     * A conversation as the template writes it.
     *
     * @param tokens the texts of special tokens, such as {@code eos_token}
     * @param answering whether the header of an answer shall follow
     * @param now what the template may say of the time
     * @throws TemplateException if the template refuses the conversation, or does what it must not
     */
    Rendered render(Conversation conversation, Map<String, String> tokens, boolean answering, LocalDateTime now) {
        Map<String, Object> values = new LinkedHashMap<>(tokens);
        values.put("messages", conversation.messages());
        values.put("tools", conversation.tools().isEmpty() ? null : conversation.tools());
        values.put("documents", null);
        values.put("add_generation_prompt", answering);
        return template.render(values, now);
    }

    /**
     * The style as a Hugging Face chat template (Jinja), to be kept in a checkpoint's {@code chat_template.jinja}.
     *
     * <p>The begin and the end of a text are written into a bundled one by their names: it needs nothing from the tokenizer's
     * configuration, and ends an answer with what training ended it with. Any other stays as it is.
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
        if (!bundled) {
            return template();
        }
        String begin = beginOfText.isEmpty() ? "" : "{{- " + TemplateText.literal(beginOfText) + " -}}\n";
        return begin + template()
                .replace(BEGIN, TemplateText.literal(beginOfText))
                .replace(END, TemplateText.literal(endOfText));
    }

    /** The style whose chat template this is, apart from what begins and ends a text in it; empty for any other template. */
    public static Optional<PromptStyle> ofChatTemplate(String template) {
        return BUNDLED.stream()
                .filter(style -> template.matches("(\\{\\{- " + TemplateText.LITERAL + " -}}\n)?"
                        + Stream.of(BEGIN, END).reduce(Pattern.quote(style.template()), (pattern, name) ->
                                pattern.replace(name, "\\E(" + name + "|" + TemplateText.LITERAL + ")\\Q"))))
                .findFirst();
    }
}
