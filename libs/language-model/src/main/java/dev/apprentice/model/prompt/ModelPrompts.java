package dev.apprentice.model.prompt;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.gguf.ChatTemplate;
import dev.apprentice.prompts.PromptFormat;
import dev.apprentice.prompts.PromptStyle;
import dev.apprentice.prompts.jinja.value.TemplateException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** Finds the prompt style that a run names, and adapts it to the model. */
public final class ModelPrompts {

    private ModelPrompts() {}

    /**
     * Returns the style with a name.
     *
     * @param template the text of a user's own style; without it, a file's style is read from the model's folder
     * @throws ModelException if the style needs the folder's template and there is none, or a template cannot be read
     * @throws IllegalArgumentException if the name is unknown; the message lists the styles
     */
    public static PromptStyle style(ModelFolder folder, String name, Optional<String> template) {
        if (template.isPresent()) {
            return read(name, "prompt template " + name, template.get());
        }
        if (name.equals(PromptStyle.MODEL) || PromptStyle.isFile(name)) {
            return read(name, "the chat template of " + folder.path(), ownTemplate(folder));
        }
        return PromptStyle.of(name);
    }

    private static PromptStyle read(String name, String what, String text) {
        try {
            return PromptStyle.ofTemplate(name, text);
        } catch (TemplateException e) {
            throw new ModelException(what + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String ownTemplate(ModelFolder folder) {
        return ChatTemplate.of(folder.path())
                .or(() -> folder.base().flatMap(base -> ChatTemplate.of(base.path())))
                .orElseThrow(() -> new ModelException("the model in " + folder.path() + " has no chat template (chat_template.jinja,"
                        + " or 'chat_template' in tokenizer_config.json); choose a prompt style: " + PromptStyle.names()));
    }

    /**
     * Returns the style for this model.
     *
     * @param at the time that the template may show, as UTC
     * @throws ModelException if the template cannot render one question and its answer
     */
    public static PromptFormat format(ModelFolder folder, PromptStyle style, Instant at) {
        Map<String, String> texts = style.isBundled()
                ? Map.of("bos_token", folder.borders().beginOfText(), "eos_token", folder.borders().endOfText())
                : folder.templateTokens().texts();
        try {
            return new PromptFormat(
                    style, texts, folder.templateTokens().names(), LocalDateTime.ofInstant(at, ZoneOffset.UTC));
        } catch (TemplateException e) {
            throw new ModelException("prompt style '" + style.id() + "' cannot be used with the model in " + folder.path() + ": "
                    + e.getMessage(), e);
        }
    }
}
