package dev.apprentice.cli.command.model;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.gguf.ChatTemplate;
import dev.apprentice.model.prompt.ModelPrompts;
import dev.apprentice.prompts.Conversation;
import dev.apprentice.prompts.PromptFormat;
import dev.apprentice.prompts.PromptStyle;
import dev.apprentice.prompts.jinja.value.TemplateException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The Modelfile of {@code ollama create}: the GGUF file, and the template that turns an instruction into the prompt that the
 * model was taught.
 *
 * <p>Ollama's templates are Go templates, while a model's chat template is Jinja. So this renders the model's template with
 * Ollama's placeholders as its texts.
 *
 * @see <a href="https://docs.ollama.com/modelfile">Modelfile</a>
 */
public final class Modelfile {

    private static final String END = ".gguf";
    private static final String PROMPT = "{{ .Prompt }}";
    private static final String SYSTEM = "{{ .System }}";
    private static final String QUOTES = "\"\"\"";

    private Modelfile() {}

    /** Returns the path of the Modelfile: beside the GGUF file, with its name and another ending. */
    static Path path(Path gguf) {
        String name = gguf.getFileName().toString();
        return gguf.resolveSibling((name.endsWith(END) ? name.substring(0, name.length() - END.length()) : name) + ".Modelfile");
    }

    /** Returns the Modelfile's text. @param model the exported model; if it has no chat template, Ollama finds its own */
    static String of(Path gguf, ModelFolder model) {
        return "FROM ./" + gguf.getFileName() + "\n" + ChatTemplate.of(model.path()).map(text -> template(model, text)).orElse("")
                + "PARAMETER temperature 0\n";
    }

    private static String template(ModelFolder model, String chatTemplate) {
        PromptFormat format;
        String question;
        try {
            PromptStyle style = PromptStyle.ofChatTemplate(chatTemplate)
                    .orElseGet(() -> ModelPrompts.style(model, PromptStyle.MODEL, Optional.empty()));
            format = ModelPrompts.format(model, style, Instant.now());
            question = question(model, format, Conversation.of(PROMPT));
        } catch (ModelException | TemplateException e) {
            return comment(e.getMessage());
        }
        if (!isWritable(question, 1)) {
            return comment("it writes \"\"\" or {{, which Ollama reads as its own");
        }
        String withSystem = withSystem(model, format);
        String text = withSystem.isEmpty() ? question : "{{ if .System }}" + withSystem + "{{ else }}" + question + "{{ end }}";
        return "TEMPLATE " + QUOTES + text + QUOTES + "\n" + stop(model, format);
    }

    /** Returns the prompt with a system message; empty if the template refuses a system message or ignores it. */
    private static String withSystem(ModelFolder model, PromptFormat format) {
        try {
            String text = question(model, format, Conversation.EMPTY.with("system", SYSTEM).with("user", PROMPT));
            return text.contains(SYSTEM) && isWritable(text, 2) ? text : "";
        } catch (TemplateException e) {
            return ""; // such as Gemma's, which refuses a system message
        }
    }

    /** Returns the prompt without the begin-of-text token, which Ollama's tokenizer adds itself. */
    private static String question(ModelFolder model, PromptFormat format, Conversation conversation) {
        String text = format.question(conversation).text();
        String begin = model.borders().beginOfText();
        return begin.isEmpty() || !text.startsWith(begin) ? text : text.substring(begin.length());
    }

    private static boolean isWritable(String text, int placeholders) {
        return text.contains(PROMPT) && !text.contains(QUOTES) && text.split("\\{\\{", -1).length - 1 == placeholders;
    }

    /** Returns the stop parameter; empty if the format ends with the model's end of text, where llama.cpp stops anyway. */
    private static String stop(ModelFolder model, PromptFormat format) {
        return format.end()
                .filter(end -> !end.equals(model.borders().endOfText()) && !end.contains("\""))
                .map(end -> "PARAMETER stop \"" + end + "\"\n")
                .orElse("");
    }

    private static String comment(String why) {
        return "# The model's chat template cannot be written for Ollama: " + why.replace('\n', ' ') + "\n";
    }
}
