package dev.apprentice.model.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Tokenises ASCII text piece by piece, each distinct piece only once. Byte-level BPE (Radford et al., 2019) first splits a text
 * into words, numbers, punctuation and white space, and never merges across a split. So a piece always has the same tokens, and
 * most pieces of a text have been seen before. The pieces are those of GPT-2's pattern:
 *
 * <pre>
 * 's|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+
 * </pre>
 *
 * Thread-safe.
 */
final class AsciiPieces {

    private static final int PIECES_KEPT = 200_000;
    private static final int LONGEST_KEPT = 40;

    private final Map<String, int[]> known = new ConcurrentHashMap<>();
    private final Function<String, int[]> encode;

    private AsciiPieces(Function<String, int[]> encode) {
        this.encode = encode;
    }

    /**
     * Creates an instance; empty for tokenizers that split texts differently, or change them first.
     *
     * @param encode returns the tokens of any text
     */
    static Optional<AsciiPieces> of(TokenizerJson tokenizer, Function<String, int[]> encode) {
        JsonNode json = tokenizer.json();
        JsonNode preTokenizer = json.path("pre_tokenizer");
        boolean cutsLikeGpt2 = json.path("model").path("type").asText().equals("BPE")
                && json.path("normalizer").isEmpty()
                && preTokenizer.path("type").asText().equals("ByteLevel")
                && preTokenizer.path("use_regex").asBoolean(true)
                && !preTokenizer.path("add_prefix_space").asBoolean();
        boolean addsNothing = true;
        for (JsonNode added : json.path("added_tokens")) {
            addsNothing &= added.path("special").asBoolean();
        }
        return cutsLikeGpt2 && addsNothing ? Optional.of(new AsciiPieces(encode)) : Optional.empty();
    }

    /** Returns the text's tokens; empty if it is not ASCII. */
    Optional<int[]> encode(String text) {
        int[] ids = new int[text.length() / 3 + 16];
        int count = 0;
        for (int begin = 0; begin < text.length(); ) {
            int end = end(text, begin);
            if (end < 0) {
                return Optional.empty();
            }
            int[] piece = tokens(text.substring(begin, end));
            if (count + piece.length > ids.length) {
                ids = Arrays.copyOf(ids, 2 * ids.length + piece.length);
            }
            System.arraycopy(piece, 0, ids, count, piece.length);
            count += piece.length;
            begin = end;
        }
        return Optional.of(Arrays.copyOf(ids, count));
    }

    private int[] tokens(String piece) {
        int[] tokens = known.get(piece);
        if (tokens == null) {
            tokens = encode.apply(piece);
            if (piece.length() <= LONGEST_KEPT && known.size() < PIECES_KEPT) {
                known.put(piece, tokens);
            }
        }
        return tokens;
    }

    /** Returns the end of the piece that begins here; -1 if it depends on a character that is not ASCII. */
    static int end(String text, int begin) {
        char first = text.charAt(begin);
        int contraction = first == '\'' ? contraction(text, begin) : 0;
        if (contraction > 0) {
            return begin + contraction;
        }
        int body = first == ' ' ? begin + 1 : begin;
        Kind kind = body < text.length() ? Kind.of(text.charAt(body)) : Kind.SPACE;
        int end = kind == Kind.SPACE ? begin : body;
        while (end < text.length() && Kind.of(text.charAt(end)) == kind) {
            end++;
        }
        if (end < text.length() && Kind.of(text.charAt(end)) == Kind.OTHER || kind == Kind.OTHER) {
            return -1;
        }
        // the last of several white space characters before other text belongs to that text, or is a piece of its own
        return kind == Kind.SPACE && end < text.length() && end > begin + 1 ? end - 1 : end;
    }

    private static int contraction(String text, int begin) {
        for (String ending : new String[] {"s", "t", "re", "ve", "m", "ll", "d"}) {
            if (text.startsWith(ending, begin + 1)) {
                return 1 + ending.length();
            }
        }
        return 0;
    }

    private enum Kind {
        LETTER,
        DIGIT,
        SPACE,
        SYMBOL,
        /** Not ASCII: may be any of the other kinds. */
        OTHER;

        static Kind of(char character) {
            if (character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z') {
                return LETTER;
            }
            if (character == ' ' || character >= '\t' && character <= '\r') {
                return SPACE;
            }
            if (character >= '0' && character <= '9') {
                return DIGIT;
            }
            return character < 0x80 ? SYMBOL : OTHER;
        }
    }
}
