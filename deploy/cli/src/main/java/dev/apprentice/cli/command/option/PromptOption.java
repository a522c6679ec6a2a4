package dev.apprentice.cli.command.option;

import dev.apprentice.cli.client.RunRequest;
import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.run.PromptTemplate;
import dev.apprentice.local.CommandException;
import dev.apprentice.prompts.PromptStyle;
import dev.apprentice.prompts.jinja.value.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads what {@code --prompt} names: a bundled style, the model's own template, or a file, whose text is sent with the run. */
public final class PromptOption {

    private PromptOption() {}

    /**
     * Adds the prompt style to the data's description.
     *
     * @param from the checkpoint to start from, whose style is the default; empty for none
     */
    public static RunRequest.Data in(RunRequest.Data data, Optional<String> prompt, Optional<Checkpoint> from) {
        Optional<String> style = prompt.map(PromptOption::name).or(() -> from.map(Checkpoint::promptStyle)
                .map(name -> PromptStyle.isFile(name) ? PromptStyle.MODEL : name)); // the checkpoint's folder contains the template
        return data.with("promptStyle", style)
                .with("promptTemplate", prompt.flatMap(PromptOption::text).map(text -> Map.of("text", text)));
    }

    /** Returns the style's name; for a file, its name without the folder. */
    public static String name(String prompt) {
        return PromptStyle.isFile(prompt) ? UserPath.of(prompt).getFileName().toString() : prompt;
    }

    /** Returns the text of a file that {@code --prompt} names; empty for a bundled style or the model's own. */
    public static Optional<String> text(String prompt) {
        return PromptStyle.isFile(prompt) ? Optional.of(text(UserPath.of(prompt))) : Optional.empty();
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > PromptTemplate.MOST_CHARACTERS) {
                throw new CommandException("The prompt template " + file + " has " + Files.size(file) + " bytes; it may have "
                        + PromptTemplate.MOST_CHARACTERS + ".");
            }
            String text = Files.readString(file);
            PromptStyle.ofTemplate(file.getFileName().toString(), text);
            return text;
        } catch (TemplateException e) {
            throw new CommandException("The prompt template " + file + " cannot be used: " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new CommandException("The prompt template " + file + " does not exist or cannot be read as UTF-8; --prompt names"
                    + " a style (" + PromptStyle.names() + "), model, or a file that ends with .jinja.", e);
        }
    }
}
