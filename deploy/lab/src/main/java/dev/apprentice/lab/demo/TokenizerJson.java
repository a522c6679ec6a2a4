package dev.apprentice.lab.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.contracts.Json;
import java.util.List;

/**
 * Writes a byte-pair encoding as Hugging Face's {@code tokenizer.json}, in the form in which GPT-2's was published: bytes as
 * visible characters, and merges as two symbols with a space between them.
 */
final class TokenizerJson {

    static final String END_OF_TEXT = "<|endoftext|>";

    private TokenizerJson() {}

    /** Returns the JSON; the end-of-text token gets the id after the last symbol. */
    static ObjectNode of(BytePairEncoding encoding) {
        ObjectNode tokenizer = Json.MAPPER.createObjectNode();
        tokenizer.put("version", "1.0").putNull("truncation").putNull("padding");
        tokenizer.putArray("added_tokens").add(endOfText(encoding.symbols().size()));
        tokenizer.putNull("normalizer");
        tokenizer.set("pre_tokenizer", byteLevel(false, true));
        tokenizer.set("post_processor", byteLevel(true, false));
        tokenizer.set("decoder", byteLevel(true, true));
        tokenizer.set("model", model(encoding));
        return tokenizer;
    }

    private static ObjectNode endOfText(int id) {
        return Json.MAPPER.createObjectNode()
                .put("id", id)
                .put("content", END_OF_TEXT)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", true);
    }

    private static ObjectNode byteLevel(boolean addPrefixSpace, boolean trimOffsets) {
        return Json.MAPPER.createObjectNode()
                .put("type", "ByteLevel")
                .put("add_prefix_space", addPrefixSpace)
                .put("trim_offsets", trimOffsets)
                .put("use_regex", true);
    }

    private static ObjectNode model(BytePairEncoding encoding) {
        ObjectNode model = Json.MAPPER.createObjectNode();
        model.put("type", "BPE")
                .putNull("dropout")
                .putNull("unk_token")
                .put("continuing_subword_prefix", "")
                .put("end_of_word_suffix", "")
                .put("fuse_unk", false)
                .put("byte_fallback", false)
                .put("ignore_merges", false);
        ObjectNode vocabulary = model.putObject("vocab");
        List<String> symbols = encoding.symbols();
        for (int id = 0; id < symbols.size(); id++) {
            vocabulary.put(symbols.get(id), id);
        }
        vocabulary.put(END_OF_TEXT, symbols.size());
        ArrayNode merges = model.putArray("merges");
        encoding.merges().forEach(merge -> merges.add(merge.left() + " " + merge.right()));
        return model;
    }
}
