package dev.apprentice.model.gguf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.json.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Reads and writes a model's chat template where Hugging Face's tools look for it. */
public final class ChatTemplate {

    private static final String OWN_FILE = "chat_template.jinja";
    private static final String CONFIGURATION = "tokenizer_config.json";
    private static final String FIELD = "chat_template";

    private ChatTemplate() {}

    /**
     * Returns the template from a file of its own, or from the tokenizer's configuration. If that has several, returns the one
     * named default.
     *
     * @throws ModelException if the file cannot be read
     */
    public static Optional<String> of(Path folder) {
        Path own = folder.resolve(OWN_FILE);
        if (Files.isRegularFile(own)) {
            try {
                return Optional.of(Files.readString(own));
            } catch (IOException e) {
                throw new ModelException(own + " cannot be read: " + e, e);
            }
        }
        Path configuration = folder.resolve(CONFIGURATION);
        return Files.isRegularFile(configuration)
                ? JsonFile.read(configuration).field(FIELD).flatMap(ChatTemplate::template)
                : Optional.empty();
    }

    /**
     * Writes a template to a file of its own. If there is a tokenizer's configuration, writes it there too, because older tools
     * read only that.
     */
    public static void write(Path folder, String template) throws IOException {
        Files.writeString(folder.resolve(OWN_FILE), template);
        Path configuration = folder.resolve(CONFIGURATION);
        if (Files.isRegularFile(configuration)) {
            ObjectNode json = JsonFile.read(configuration).json();
            Files.writeString(configuration, json.put(FIELD, template).toPrettyString() + "\n");
        }
    }

    private static Optional<String> template(JsonNode node) {
        return node.isTextual()
                ? Optional.of(node.textValue())
                : StreamSupport.stream(node.spliterator(), false)
                        .filter(named -> named.path("name").asText().equals("default"))
                        .map(named -> named.path("template").asText())
                        .findFirst();
    }
}
