package dev.apprentice.model.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.model.ModelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the ids that a tokenizer.json's post-processor puts before every text. Ids that it puts after a text are ignored: a prompt
 * that has ended cannot be continued, and {@link RowBuilder} adds the end-of-text to rows.
 */
final class BeginOfText {

    private BeginOfText() {}

    /** @throws ModelException if the post-processor's type is unknown, or it adds an id that no token has */
    static List<Integer> read(Path path, JsonNode processor, Set<Integer> known) {
        List<Integer> ids = ids(path, processor);
        for (int id : ids) {
            if (!known.contains(id)) {
                throw new ModelException(path + ": the post_processor begins every text with the id " + id
                        + ", which no token has; correct it, or set it to null");
            }
        }
        return List.copyOf(ids);
    }

    private static List<Integer> ids(Path path, JsonNode processor) {
        if (processor.isNull() || processor.isMissingNode()) {
            return List.of();
        }
        String type = processor.path("type").asText();
        return switch (type) {
            case "ByteLevel" -> List.of();
            case "BertProcessing", "RobertaProcessing" -> List.of(id(path, processor.path("cls").path(1)));
            case "TemplateProcessing" -> template(path, processor);
            case "Sequence" -> {
                List<Integer> ids = new ArrayList<>();
                processor.path("processors").forEach(step -> ids.addAll(0, ids(path, step)));
                yield ids;
            }
            default -> throw new ModelException(path + ": the post_processor's type '" + type
                    + "' is not supported; there are ByteLevel, TemplateProcessing, BertProcessing, RobertaProcessing,"
                    + " Sequence");
        };
    }

    /** Reads a template, for example {@code [{"SpecialToken": {"id": "<s>"}}, {"Sequence": {"id": "A"}}]}. */
    private static List<Integer> template(Path path, JsonNode processor) {
        List<Integer> ids = new ArrayList<>();
        for (JsonNode piece : processor.path("single")) {
            if (piece.has("Sequence")) {
                return ids;
            }
            JsonNode name = piece.path("SpecialToken").path("id");
            JsonNode added = processor.path("special_tokens").path(name.asText()).path("ids");
            if (added.isEmpty()) {
                throw new ModelException(path + ": the post_processor's template names the special token " + name
                        + ", but does not say its ids; correct it, or set post_processor to null");
            }
            added.forEach(id -> ids.add(id(path, id)));
        }
        throw new ModelException(path + ": the post_processor's template has no place for the text ('Sequence');"
                + " correct it, or set post_processor to null");
    }

    private static int id(Path path, JsonNode id) {
        if (!id.isInt()) {
            throw new ModelException(path + ": the post_processor adds a token whose id is " + id + "; ids are whole numbers from 0");
        }
        return id.intValue();
    }
}
