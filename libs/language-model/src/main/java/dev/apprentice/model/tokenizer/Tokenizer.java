package dev.apprentice.model.tokenizer;

import java.nio.file.Path;
import java.util.List;

/** A Hugging Face {@code tokenizer.json}, without special tokens added. Safe for use by several threads. */
public final class Tokenizer implements AutoCloseable {

    public static Tokenizer load(Path tokenizerJson) {
        throw new UnsupportedOperationException();
    }

    public int[] encode(String text) {
        throw new UnsupportedOperationException();
    }

    /** Tokenises prompts with their answers, in order, on all cores. Text i is {@code prompts.get(i) + answers.get(i)}. */
    public List<TokenizedRow> encodeRows(List<String> prompts, List<String> answers) {
        throw new UnsupportedOperationException();
    }

    /** The text of these ids; special tokens are left out. */
    public String decode(int... ids) {
        throw new UnsupportedOperationException();
    }

    /** How many ids there are, added tokens included: the largest id plus 1. */
    public int vocabularySize() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
