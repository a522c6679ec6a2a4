package dev.apprentice.model.gguf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Computes a text's ids from the metadata of a GGUF file alone, as llama.cpp does with {@code parse_special} for
 * {@code tokenizer.ggml.pre = gpt-2}. Control tokens are split off first, and the rest is byte-level BPE.
 */
final class LlamaCppTokenizer {

    private static final long CONTROL = 3;
    /** llama.cpp's pattern for GPT-2. */
    private static final Pattern SPLIT =
            Pattern.compile("'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+");

    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<String, Integer> ranks = new HashMap<>();
    private final Pattern control;

    LlamaCppTokenizer(Map<String, GgufValue> metadata) {
        List<GgufValue> tokens = values(metadata, "tokenizer.ggml.tokens");
        List<GgufValue> types = values(metadata, "tokenizer.ggml.token_type");
        List<String> controls = new ArrayList<>();
        for (int id = 0; id < tokens.size(); id++) {
            String token = ((GgufValue.Text) tokens.get(id)).value();
            ids.put(token, id);
            if (((GgufValue.Whole) types.get(id)).value() == CONTROL) {
                controls.add(token);
            }
        }
        control = Pattern.compile(controls.stream().map(Pattern::quote).collect(Collectors.joining("|")));
        values(metadata, "tokenizer.ggml.merges").forEach(merge -> ranks.put(((GgufValue.Text) merge).value(), ranks.size()));
    }

    private static List<GgufValue> values(Map<String, GgufValue> metadata, String key) {
        return ((GgufValue.Array) metadata.get(key)).values();
    }

    List<Integer> ids(String text) {
        List<Integer> found = new ArrayList<>();
        Matcher special = control.matcher(text);
        int from = 0;
        while (special.find()) {
            ordinary(text.substring(from, special.start()), found);
            found.add(ids.get(special.group()));
            from = special.end();
        }
        ordinary(text.substring(from), found);
        return found;
    }

    private void ordinary(String text, List<Integer> found) {
        Matcher pieces = SPLIT.matcher(text);
        while (pieces.find()) {
            merged(pieces.group()).forEach(token -> found.add(ids.get(token)));
        }
    }

    private List<String> merged(String piece) {
        List<String> parts = new ArrayList<>();
        for (byte value : piece.getBytes(StandardCharsets.UTF_8)) {
            parts.add(letter(value & 0xff));
        }
        while (true) {
            int best = -1;
            for (int i = 0; i + 1 < parts.size(); i++) {
                Integer rank = ranks.get(parts.get(i) + " " + parts.get(i + 1));
                if (rank != null && (best < 0 || rank < ranks.get(parts.get(best) + " " + parts.get(best + 1)))) {
                    best = i;
                }
            }
            if (best < 0) {
                return parts;
            }
            parts.set(best, parts.get(best) + parts.remove(best + 1));
        }
    }

    /** Returns GPT-2's letter for a byte: visible characters stand for themselves, the others are numbered from 256 on. */
    private static String letter(int value) {
        int[] hidden = IntStream.range(0, 256)
                .filter(one -> !(one >= '!' && one <= '~' || one >= 0xa1 && one <= 0xac || one >= 0xae))
                .toArray();
        int place = Arrays.binarySearch(hidden, value);
        return Character.toString(place < 0 ? value : 256 + place);
    }
}
