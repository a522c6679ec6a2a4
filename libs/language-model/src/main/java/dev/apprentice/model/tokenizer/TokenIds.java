package dev.apprentice.model.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Translates between the ids of a tokenizer.json and those of the native library. The library ignores the ids of added tokens. It
 * numbers those that are not in the vocabulary consecutively, from the vocabulary's size on.
 *
 * <pre>
 * vocabulary             a=0 b=1 d=3          c is a hole, filled so that the size is 4
 * added, not special     &lt;x>=9 b=1 &lt;y>=7     the library says &lt;x>=4 &lt;y>=5
 * </pre>
 */
final class TokenIds {

    /** The prefix of the names that fill gaps. A noncharacter, which Unicode excludes from texts. */
    private static final String FILLER = "\uFFFF";

    private final Map<String, Integer> holes = new LinkedHashMap<>();
    private final List<Integer> renumbered = new ArrayList<>();
    private final Map<Integer, Integer> numberOf = new HashMap<>();
    private final BitSet text = new BitSet();
    private final int vocabularySize;

    TokenIds(TokenizerJson tokenizer) {
        this(tokenizer, false);
    }

    /** @param withSpecial whether the library knows special tokens, under names that no vocabulary has */
    TokenIds(TokenizerJson tokenizer, boolean withSpecial) {
        JsonNode vocabulary = tokenizer.json().path("model").path("vocab");
        if (vocabulary.isArray()) {
            text.set(0, vocabulary.size());
        } else {
            vocabulary.forEach(id -> text.set(id.intValue()));
        }
        vocabularySize = text.length();
        for (int hole = text.nextClearBit(0); hole < vocabularySize; hole = text.nextClearBit(hole + 1)) {
            holes.put(FILLER + hole, hole);
        }
        Set<String> seen = new HashSet<>(Set.of(""));
        for (JsonNode token : tokenizer.json().path("added_tokens")) {
            int id = token.path("id").intValue();
            boolean special = token.path("special").asBoolean();
            boolean inVocabulary = !special && id < vocabularySize && text.get(id);
            if (!inVocabulary && (withSpecial || !special) && seen.add(token.path("content").asText())) {
                numberOf.put(id, vocabularySize + renumbered.size());
                renumbered.add(id);
            }
        }
        renumbered.forEach(text::set);
        tokenizer.specialIds().forEach(text::clear);
    }

    /** Returns filler tokens for the gaps, which occur in no text. With them the vocabulary's size is its largest id plus 1. */
    Map<String, Integer> holes() {
        return holes;
    }

    /** Returns the file's ids for the library's. */
    int[] read(long[] numbers) {
        int[] ids = new int[numbers.length];
        for (int i = 0; i < ids.length; i++) {
            int number = Math.toIntExact(numbers[i]);
            ids[i] = number < vocabularySize ? number : renumbered.get(number - vocabularySize);
        }
        return ids;
    }

    /** Returns the library's ids for the file's, without special tokens and ids that the file does not have. */
    long[] write(int[] ids) {
        return IntStream.of(ids)
                .filter(id -> id >= 0 && text.get(id))
                .mapToLong(id -> numberOf.getOrDefault(id, id))
                .toArray();
    }
}
