package dev.apprentice.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.TokenBatch;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.tokenizer.TokenizedRow;
import dev.apprentice.model.tokenizer.Tokenizer;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * A tiny model with the results that PyTorch and transformers computed from it.
 *
 * @param folder in Hugging Face's layout
 * @param expected logits, continuations and losses
 * @param rows the data it was trained on, as the textbook formats it
 */
public record ReferenceModel(ModelFolder folder, JsonNode expected, List<TokenizedRow> rows) {

    static final ObjectMapper JSON = new ObjectMapper();

    /** The rows by size. All models of a size share a tokenizer, which takes longer to read than a tiny model takes to train. */
    private static final Map<Size, List<TokenizedRow>> ROWS = new ConcurrentHashMap<>();

    /** The two sets of fixtures. */
    public enum Size {
        /** 257 byte tokens; part of this repository. */
        SMALL {
            @Override
            ReferenceModel open(String model, Path temporary) throws IOException {
                Path folder = Fixtures.modelFolder(model, temporary);
                return read(this, folder, Fixtures.bytes(model + "/expected.json"), Fixtures.bytes("examples.json"));
            }
        },
        /** GPT-2's vocabulary and the textbook's data; outside the repository, on machines that have it. */
        LARGE {
            @Override
            ReferenceModel open(String model, Path temporary) throws IOException {
                Path source = Fixtures.large(model);
                for (String file : List.of("config.json", "model.safetensors")) {
                    Files.copy(source.resolve(file), temporary.resolve(file));
                }
                Files.copy(Fixtures.large("gpt2-tokenizer/tokenizer.json"), temporary.resolve("tokenizer.json"));
                return read(
                        this,
                        temporary,
                        Files.readAllBytes(source.resolve("expected.json")),
                        Files.readAllBytes(Fixtures.large("data/instruction-data.json")));
            }
        };

        abstract ReferenceModel open(String model, Path temporary) throws IOException;
    }

    public static ReferenceModel open(Size size, String model, Path temporary) {
        try {
            return size.open(model, temporary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ReferenceModel read(Size size, Path path, byte[] expected, byte[] examples) throws IOException {
        ModelFolder folder = ModelFolder.open(path);
        JsonNode all = JSON.readTree(examples);
        return new ReferenceModel(
                folder, JSON.readTree(expected), ROWS.computeIfAbsent(size, same -> tokenized(all, folder)));
    }

    private static List<TokenizedRow> tokenized(JsonNode examples, ModelFolder folder) {
        List<String> prompts = new ArrayList<>();
        List<String> answers = new ArrayList<>();
        for (JsonNode example : examples) {
            String input = example.get("input").textValue();
            prompts.add("Below is an instruction that describes a task. Write a response that appropriately completes the"
                    + " request.\n\n### Instruction:\n" + example.get("instruction").textValue()
                    + (input.isEmpty() ? "" : "\n\n### Input:\n" + input));
            answers.add("\n\n### Response:\n" + example.get("output").textValue());
        }
        try (Tokenizer tokenizer = folder.tokenizer()) {
            return tokenizer.encodeRows(prompts, answers);
        }
    }

    public LanguageModel load() {
        return LanguageModel.load(folder);
    }

    /**
     * Returns a range of examples as one batch with the full loss.
     *
     * @param to exclusive
     */
    public TokenBatch batch(int from, int to) {
        return batch(rows.subList(from, to), false);
    }

    /** Returns a batch of rows, each ending with the end-of-text. */
    public TokenBatch batch(List<TokenizedRow> chosen, boolean answerOnly) {
        int endOfText = folder.configuration().endOfText();
        return new TokenBatch(
                chosen.stream()
                        .flatMapToInt(row -> IntStream.concat(IntStream.of(row.ids()), IntStream.of(endOfText)))
                        .toArray(),
                chosen.stream().mapToInt(row -> row.ids().length + 1).toArray(),
                chosen.stream().mapToInt(TokenizedRow::promptLength).toArray(),
                answerOnly);
    }

    static int[] ints(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::intValue).toArray();
    }
}
