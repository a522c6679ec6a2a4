package dev.apprentice.cli.generate.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.local.CommandException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Examples that models are shown, or whose answers they rewrite: a JSON array, or JSON lines.
 *
 * @param examples each with {@code instruction}, and with {@code input} and {@code output} if it has them
 * @param others how many entries have no instruction
 */
public record ExampleFile(List<ObjectNode> examples, int others) {

    private static final long MOST_BYTES = 200_000_000;
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final List<String> INSTRUCTIONS = List.of("question", "prompt");
    private static final List<String> INPUTS = List.of("context");
    private static final List<String> OUTPUTS = List.of("answer", "response", "completion");

    /**
     * Reads the file.
     *
     * @param option the option that names it, for error messages
     * @param alsoLines whether it may also be plain text, with an instruction on each line
     * @throws CommandException if it cannot be read
     */
    public static ExampleFile read(Path file, String option, boolean alsoLines) {
        String text;
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new CommandException(file + " has " + Files.size(file) + " bytes; " + option + " takes at most " + MOST_BYTES + ".");
            }
            text = Files.readString(file).replace(BYTE_ORDER_MARK, "").strip();
        } catch (CharacterCodingException e) {
            throw new CommandException(file + " is not UTF-8; save it in that encoding.", e);
        } catch (IOException e) {
            throw new CommandException("The file " + file + " cannot be read; " + option + " names one.", e);
        }
        if (text.startsWith("%PDF")) {
            throw new CommandException(file + " is a PDF; " + option + " takes " + (alsoLines ? "an instruction a line, or " : "")
                    + "JSON. To have examples made of a PDF, name it without " + option + ".");
        }
        boolean json = text.startsWith("{") || text.startsWith("[");
        if (!json && !alsoLines) {
            throw new CommandException(file + " is not JSON; " + option + " takes a JSON array or JSON lines, with instruction"
                    + " and output.");
        }
        return json ? ofJson(file, text) : new ExampleFile(text.lines().filter(line -> !line.isBlank()).map(ExampleFile::ofLine).toList(), 0);
    }

    private static ObjectNode ofLine(String line) {
        return Json.MAPPER.createObjectNode().put("instruction", line.strip());
    }

    private static ExampleFile ofJson(Path file, String text) {
        List<ObjectNode> examples = new ArrayList<>();
        int others = 0;
        try (MappingIterator<JsonNode> entries = Json.MAPPER.readerFor(JsonNode.class).readValues(text)) {
            while (entries.hasNextValue()) {
                Optional<ObjectNode> example = example(entries.nextValue());
                example.ifPresent(examples::add);
                others += example.isPresent() ? 0 : 1;
            }
        } catch (JsonProcessingException e) {
            throw new CommandException(file + " stops being JSON at line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) { // cannot happen, since the source is a string
            throw new IllegalStateException(e);
        }
        return new ExampleFile(examples, others);
    }

    private static Optional<ObjectNode> example(JsonNode entry) {
        if (!(entry instanceof ObjectNode object)) {
            return Optional.empty();
        }
        ObjectNode example = object.deepCopy();
        rename(example, INSTRUCTIONS, "instruction");
        rename(example, INPUTS, "input");
        rename(example, OUTPUTS, "output");
        return Optional.of(example).filter(each -> !each.path("instruction").asText().isBlank());
    }

    private static void rename(ObjectNode example, List<String> names, String name) {
        names.stream().filter(each -> !example.has(name) && example.path(each).isTextual()).findFirst()
                .ifPresent(found -> example.set(name, example.remove(found)));
    }
}
