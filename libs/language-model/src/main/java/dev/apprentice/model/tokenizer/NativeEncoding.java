package dev.apprentice.model.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;

/**
 * One text's tokens in the native library's memory, freed by {@link #close()}.
 *
 * <p>DJL's own {@code Encoding} copies eight arrays to Java, one of them of strings. Copying only the two that are needed takes
 * half the time.
 */
final class NativeEncoding implements AutoCloseable {

    private final long handle;

    private NativeEncoding(long handle) {
        this.handle = handle;
    }

    static NativeEncoding of(HuggingFaceTokenizer tokenizer, String text) {
        return new NativeEncoding(TokenizersLibrary.LIB.encode(tokenizer.getHandle(), text, false));
    }

    /** Returns the native library's ids. */
    long[] ids() {
        return TokenizersLibrary.LIB.getTokenIds(handle);
    }

    /** Returns the number of tokens that begin before this Unicode code point of the text. */
    int tokensBefore(int codePoint) {
        CharSpan[] spans = TokenizersLibrary.LIB.getTokenCharSpans(handle);
        int count = 0;
        while (count < spans.length && spans[count].getStart() < codePoint) {
            count++;
        }
        return count;
    }

    @Override
    public void close() {
        TokenizersLibrary.LIB.deleteEncoding(handle);
    }
}
