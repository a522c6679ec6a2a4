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
 * A prompt style: a name and a Jinja template that turns an instruction into text. Alpaca and Phi-3 match the textbook exactly.
 *
 * <pre>
 * question = prompt + answer header        the input of a model that shall answer
 * row      = question + answer             the text it learns from
 * </pre>
 */
public final class PromptStyle {

    /** Stanford Alpaca (Taori et al., 2023), as in the textbook's chapter 7. */
    public static final PromptStyle ALPACA = bundled("alpaca");
    /** Phi-3 (Abdin et al., 2024), as in the textbook's exercise 7.1. */
    public static final PromptStyle PHI3 = bundled("phi3");

    /** The name that stands for the chat template of the model's own folder. */
    public static final String MODEL = "model";
    /** The ending of the names of users' templates. */
    public static final String FILE_ENDING = ".jinja";

    private static final List<PromptStyle> BUNDLED = List.of(
            ALPACA, PHI3, bundled("chatml"), bundled("llama-2"), bundled("llama-3"), bundled("zephyr"), bundled("vicuna"),
            bundled("plain"));

    /** The names in templates for the tokens that begin and end a text. */
    private static final String BEGIN = "bos_token";
    private static final String END = "eos_token";
    private static final Map<String, String> NO_TOKENS = Map.of(BEGIN, "", END, "");
    /** The time for bundled templates, which do not use it. */
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

    /** Returns the bundled styles. */
    public static List<PromptStyle> values() {
        return BUNDLED;
    }

    /**
     * Returns the bundled style of that name.
     *
     * @throws IllegalArgumentException naming the styles that exist
     */
    public static PromptStyle of(String id) {
        String known = id.equals("phi-3") ? "phi3" : id;
        return BUNDLED.stream().filter(style -> style.id.equals(known)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "prompt style '" + id + "' is unknown; choose one of " + names()));
    }

    /**
     * Tells whether a name is valid in a specification: a bundled style's, a user's template's, or the name for the model's own
     * template.
     */
    public static boolean isName(String name) {
        return name.equals(MODEL) || isFile(name) || name.equals("phi-3") || BUNDLED.stream().anyMatch(style -> style.id.equals(name));
    }

    /** Tells whether a name is that of a user's template. */
    public static boolean isFile(String name) {
        return name.endsWith(FILE_ENDING) && name.length() > FILE_ENDING.length();
    }

    /** Returns the names of the bundled styles, for messages. */
    public static String names() {
        return BUNDLED.stream().map(PromptStyle::id).collect(Collectors.joining(", "));
    }

    /**
     * Creates the style of a user's or a model's template.
     *
     * @param id its name
     * @param text the template; it may begin with a head like the bundled files
     * @throws TemplateException naming the line and what is wrong there
     */
    public static PromptStyle ofTemplate(String id, String text) {
        return new PromptStyle(id, StyleFile.of(text), false);
    }

    /** Returns the name in specifications and on the command line. */
    public String id() {
        return id;
    }

    /**
     * Tells whether the style is bundled. For a bundled style the tokenizer adds the begin-of-text token; otherwise the template
     * does.
     */
    public boolean isBundled() {
        return bundled;
    }

    /** Tells whether the template writes descriptions of tools. */
    public boolean writesTools() {
        return TOOLS.matcher(file.template()).find();
    }

    /** Returns the template's text. */
    public String template() {
        return file.template();
    }

    /** Returns instruction and input as one text, which a chat client sends as the user's message. */
    public String message(String instruction, String input) {
        return instruction + (input.isEmpty() ? "" : file.inputSeparator() + input);
    }

    /** Returns the prompt: the question without the header of the answer. */
    public String prompt(String instruction, String input) {
        return render(Conversation.of(message(instruction, input)), NO_TOKENS, false, NO_TIME).text();
    }

    /** Returns the text for a model that shall answer: everything that it then generates is the response. */
    public String question(String instruction, String input) {
        return question(Conversation.of(message(instruction, input)));
    }

    /** Returns the question at the end of a conversation, without special tokens between its turns. */
    public String question(Conversation conversation) {
        return render(conversation, NO_TOKENS, true, NO_TIME).text();
    }

    /**
     * Renders a conversation.
     *
     * @param tokens the texts of special tokens, such as {@code eos_token}
     * @param answering whether to add the header of an answer
     * @param now the time that the template may write
     * @throws TemplateException if the template refuses the conversation, or breaks a rule of the sandbox
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
     * Returns the style as a Hugging Face chat template (Jinja), for a checkpoint's {@code chat_template.jinja}.
     *
     * <p>In a bundled template, the texts of the tokens that begin and end a text replace their names. So it does not need the
     * tokenizer's configuration, and ends an answer with the token that ended it in training. Other templates are returned
     * unchanged.
     *
     * <p>For a chat whose only message is {@link #message(String, String)}, the template renders
     * {@link #question(String, String)} with {@code add_generation_prompt}. With the assistant's answer added, it renders the
     * whole row, end-of-text included.
     *
     * @param beginOfText the token before a text, such as {@code <s>}; empty for none
     * @param endOfText the token after an answer, such as {@code </s>}
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

    /**
     * Returns the bundled style whose chat template this is, regardless of the tokens that begin and end a text; empty for any
     * other template.
     */
    public static Optional<PromptStyle> ofChatTemplate(String template) {
        return BUNDLED.stream()
                .filter(style -> template.matches("(\\{\\{- " + TemplateText.LITERAL + " -}}\n)?"
                        + Stream.of(BEGIN, END).reduce(Pattern.quote(style.template()), (pattern, name) ->
                                pattern.replace(name, "\\E(" + name + "|" + TemplateText.LITERAL + ")\\Q"))))
                .findFirst();
    }
}
