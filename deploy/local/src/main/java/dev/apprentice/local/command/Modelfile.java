package dev.apprentice.local.command;

import dev.apprentice.prompts.PromptStyle;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code ollama create} makes a model of: the file, and how an instruction becomes the text that the model was taught.
 *
 * @see <a href="https://docs.ollama.com/modelfile">Modelfile</a>
 */
final class Modelfile {

    private static final String END = ".gguf";

    private Modelfile() {}

    /** Beside the GGUF file, and called as it is. */
    static Path path(Path gguf) {
        String name = gguf.getFileName().toString();
        return gguf.resolveSibling((name.endsWith(END) ? name.substring(0, name.length() - END.length()) : name) + ".Modelfile");
    }

    /**
     * @param chatTemplate the model's; where it is none of this project's styles, Ollama is left to find its own for what the
     *     GGUF file says
     */
    static String of(Path gguf, Optional<String> chatTemplate) {
        String template = chatTemplate
                .flatMap(PromptStyle::ofChatTemplate)
                .map(style -> "TEMPLATE \"\"\"" + style.question("{{ .Prompt }}", "") + "\"\"\"\n")
                .orElse("");
        return "FROM ./" + gguf.getFileName() + "\n" + template + "PARAMETER temperature 0\n";
    }
}
