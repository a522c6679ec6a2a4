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
 * What {@code ollama create} makes a model of: the file, and how an instruction becomes the text that the model was taught.
 *
 * <p>Ollama's templates are Go's, a model's is Jinja: what is written is what the model's makes of Ollama's own placeholders.
 *
 * @see <a href="https://docs.ollama.com/modelfile">Modelfile</a>
 */
public final class Modelfile {

    private static final String END = ".gguf";
    private static final String PROMPT = "{{ .Prompt }}";
    private static final String SYSTEM = "{{ .System }}";
    private static final String QUOTES = "\"\"\"";

    private Modelfile() {}

    /** Beside the GGUF file, and called as it is. */
    static Path path(Path gguf) {
        String name = gguf.getFileName().toString();
        return gguf.resolveSibling((name.endsWith(END) ? name.substring(0, name.length() - END.length()) : name) + ".Modelfile");
    }

    /** @param model the exported one; where it has no chat template, Ollama is left to find its own */
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

    /** Empty where the template takes no system message, or says it nowhere. */
    private static String withSystem(ModelFolder model, PromptFormat format) {
        try {
            String text = question(model, format, Conversation.EMPTY.with("system", SYSTEM).with("user", PROMPT));
            return text.contains(SYSTEM) && isWritable(text, 2) ? text : "";
        } catch (TemplateException e) {
            return ""; // such as Gemma's, which refuses a system message
        }
    }

    /** What a tokenizer puts before a text by itself would stand there twice. */
    private static String question(ModelFolder model, PromptFormat format, Conversation conversation) {
        String text = format.question(conversation).text();
        String begin = model.borders().beginOfText();
        return begin.isEmpty() || !text.startsWith(begin) ? text : text.substring(begin.length());
    }

    private static boolean isWritable(String text, int placeholders) {
        return text.contains(PROMPT) && !text.contains(QUOTES) && text.split("\\{\\{", -1).length - 1 == placeholders;
    }

    /** llama.cpp stops at the model's own ends of text by itself. */
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
