package dev.apprentice.model.gguf;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.model.ModelConfiguration;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.json.JsonFile;
import dev.apprentice.model.tokenizer.TokenizerJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Writes a tokenizer.json as llama.cpp's metadata. Only byte-level BPE can be written; sentencepiece models have another form,
 * which is not supported.
 *
 * @see <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">tokenizer.ggml</a>
 */
final class ExportedTokens {

    private static final int NORMAL = 1;
    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;
    private static final int UNUSED = 5;

    private static final String LLAMA_3_SPLIT = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}|"
            + " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    private static final String QWEN_2_SPLIT = LLAMA_3_SPLIT.replace("\\p{N}{1,3}", "\\p{N}");

    private static final String QWEN_2 = "qwen2";

    /** llama.cpp's names of pre-tokenizers that are a regular expression. */
    private static final Map<String, String> SPLITS = Map.of(LLAMA_3_SPLIT, "llama-bpe", QWEN_2_SPLIT, QWEN_2);

    private static final List<String> ENDS_OF_TEXT = List.of("eos_token_id", "eot_token_id", "eom_token_id");

    private final JsonFile file;
    private final List<String> tokens;
    private final List<Integer> types;

    private ExportedTokens(JsonFile file, int size) {
        this.file = file;
        this.tokens = new ArrayList<>(Collections.nCopies(size, null));
        this.types = new ArrayList<>(Collections.nCopies(size, UNUSED));
    }

    /** @throws ModelException if llama.cpp would split texts differently from this tokenizer */
    static void put(JsonFile file, ModelConfiguration configuration, Map<String, GgufValue> metadata) {
        new ExportedTokens(file, configuration.vocabularySize()).put(metadata, configuration.endsOfText());
    }

    private void put(Map<String, GgufValue> metadata, List<Integer> endsOfText) {
        JsonNode model = file.json().path("model");
        if (!model.path("type").asText().equals("BPE") || !model.path("vocab").isObject()) {
            throw unsupported("only byte-level BPE");
        }
        String preTokenizer = preTokenizer(file.json().path("pre_tokenizer"));
        requireNormalizer(preTokenizer);
        model.path("vocab").fields().forEachRemaining(token -> token(token.getValue(), token.getKey(), NORMAL));
        for (JsonNode added : file.json().path("added_tokens")) {
            token(added.path("id"), added.path("content").asText(), added.path("special").asBoolean() ? CONTROL : USER_DEFINED);
        }
        for (int id = 0; id < tokens.size(); id++) {
            if (tokens.get(id) == null) {
                tokens.set(id, "[PAD" + id + "]");
            }
        }
        metadata.put("tokenizer.ggml.model", new GgufValue.Text("gpt2"));
        metadata.put("tokenizer.ggml.pre", new GgufValue.Text(preTokenizer));
        metadata.put("tokenizer.ggml.tokens", GgufValue.texts(tokens));
        metadata.put("tokenizer.ggml.token_type", GgufValue.int32s(types));
        metadata.put("tokenizer.ggml.merges", GgufValue.texts(merges(model.path("merges"))));
        putBorders(metadata, endsOfText);
    }

    /**
     * Writes the begin-of-text and the ends of text. llama.cpp has a key for each of the first three ends of text, and stops at
     * any.
     */
    private void putBorders(Map<String, GgufValue> metadata, List<Integer> endsOfText) {
        List<Integer> begin = TokenizerJson.read(file.path()).beginOfText();
        if (begin.size() > 1) {
            throw unsupported("only tokenizers that begin texts with one token at most");
        }
        metadata.put("tokenizer.ggml.bos_token_id", GgufValue.uint32(begin.isEmpty() ? endsOfText.get(0) : begin.get(0)));
        for (int end = 0; end < Math.min(endsOfText.size(), ENDS_OF_TEXT.size()); end++) {
            metadata.put("tokenizer.ggml." + ENDS_OF_TEXT.get(end), GgufValue.uint32(endsOfText.get(end)));
        }
        metadata.put("tokenizer.ggml.add_bos_token", new GgufValue.Flag(!begin.isEmpty()));
    }

    /** Returns llama.cpp's name of the pre-tokenizer. */
    private String preTokenizer(JsonNode node) {
        if (node.path("type").asText().equals("ByteLevel")) {
            if (cutsLikeGpt2(node)) {
                return "gpt-2";
            }
        } else if (node.path("type").asText().equals("Sequence") && node.path("pretokenizers").size() == 2) {
            JsonNode first = node.path("pretokenizers").path(0);
            JsonNode second = node.path("pretokenizers").path(1);
            if (first.path("type").asText().equals("Digits") && first.path("individual_digits").asBoolean()
                    && cutsLikeGpt2(second)) {
                return "smollm";
            }
            String name = SPLITS.get(first.path("pattern").path("Regex").asText());
            if (name != null
                    && first.path("behavior").asText().equals("Isolated")
                    && second.path("type").asText().equals("ByteLevel")
                    && !second.path("add_prefix_space").asBoolean(true)
                    && !second.path("use_regex").asBoolean(true)) {
                return name;
            }
        }
        throw unsupported("only the pre-tokenizers of GPT-2, SmolLM, Llama 3 and Qwen2");
    }

    /** Refuses normalizers, except for Qwen2's, which composes letters and accents (NFC). llama.cpp leaves that to the caller. */
    private void requireNormalizer(String preTokenizer) {
        boolean composes = file.json().path("normalizer").path("type").asText().equals("NFC");
        if (file.field("normalizer").isPresent() && !(composes && preTokenizer.equals(QWEN_2))) {
            throw unsupported("only tokenizers without a normalizer, and Qwen2's with NFC,");
        }
    }

    private static boolean cutsLikeGpt2(JsonNode node) {
        return node.path("type").asText().equals("ByteLevel")
                && !node.path("add_prefix_space").asBoolean(true)
                && node.path("use_regex").asBoolean(true);
    }

    private void token(JsonNode id, String text, int type) {
        if (!id.isInt() || id.intValue() < 0 || id.intValue() >= tokens.size()) {
            throw new ModelException(file.path() + " has a token '" + text + "' whose id is " + id
                    + "; ids are whole numbers from 0 to " + (tokens.size() - 1));
        }
        tokens.set(id.intValue(), text);
        types.set(id.intValue(), type);
    }

    /** Reads the merges; older files have "a b", newer ones ["a", "b"]. */
    private List<String> merges(JsonNode merges) {
        List<String> joined = new ArrayList<>();
        for (JsonNode merge : merges) {
            if (merge.isTextual()) {
                joined.add(merge.textValue());
            } else if (merge.isArray() && merge.size() == 2) {
                joined.add(merge.path(0).asText() + " " + merge.path(1).asText());
            } else {
                throw new ModelException(file.path() + " has the merge " + merge + "; a merge is a pair of tokens");
            }
        }
        return joined;
    }

    private ModelException unsupported(String only) {
        return new ModelException(file.path() + " cannot be written as GGUF: " + only
                + " can be; use llama.cpp's own converter for this model");
    }
}
