package dev.apprentice.lab.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Learns byte-pair merges (Sennrich et al., 2016) over bytes, as GPT-2 does (Radford et al., 2019). The text is first split into
 * words. Then the most frequent pair of neighbours within words is merged into one symbol, again and again.
 *
 * @param symbols the vocabulary in the order of its ids: the 256 bytes, then one symbol for each merge
 * @param merges the merges in the order in which they apply
 */
record BytePairEncoding(List<String> symbols, List<Merge> merges) {

    /** GPT-2's words: contractions; letters, digits or other signs with the space before them; white space. */
    private static final Pattern WORD = Pattern.compile(
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+");

    /** Two symbols that are merged into one. */
    record Merge(String left, String right) implements Comparable<Merge> {

        private static final Comparator<Merge> ORDER =
                Comparator.comparing(Merge::left).thenComparing(Merge::right);

        String symbol() {
            return left + right;
        }

        @Override
        public int compareTo(Merge other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * Learns merges deterministically: among equally frequent pairs, the first in alphabetical order wins.
     *
     * @param size the size of the vocabulary, at least 256
     * @throws IllegalArgumentException if the texts have too few words for this size
     */
    static BytePairEncoding train(List<String> texts, int size) {
        ByteAlphabet alphabet = new ByteAlphabet();
        List<String> symbols = new ArrayList<>(alphabet.symbols());
        List<Merge> merges = new ArrayList<>();
        Map<List<String>, Integer> words = wordsOf(texts, alphabet);
        while (symbols.size() < size) {
            Merge merge = mostFrequentPair(words);
            merges.add(merge);
            symbols.add(merge.symbol());
            words = apply(merge, words);
        }
        return new BytePairEncoding(List.copyOf(symbols), List.copyOf(merges));
    }

    private static Map<List<String>, Integer> wordsOf(List<String> texts, ByteAlphabet alphabet) {
        Map<List<String>, Integer> words = new LinkedHashMap<>();
        for (String text : texts) {
            WORD.matcher(text)
                    .results()
                    .forEach(word -> words.merge(alphabet.symbolsOf(word.group()), 1, Integer::sum));
        }
        return words;
    }

    private static Merge mostFrequentPair(Map<List<String>, Integer> words) {
        Map<Merge, Integer> counts = new TreeMap<>();
        words.forEach((word, count) -> {
            for (int i = 0; i + 1 < word.size(); i++) {
                counts.merge(new Merge(word.get(i), word.get(i + 1)), count, Integer::sum);
            }
        });
        Merge best = null;
        for (Map.Entry<Merge, Integer> entry : counts.entrySet()) {
            if (best == null || entry.getValue() > counts.get(best)) {
                best = entry.getKey();
            }
        }
        if (best == null) {
            throw new IllegalArgumentException("the texts have no pair left to merge; ask for a smaller vocabulary");
        }
        return best;
    }

    private static Map<List<String>, Integer> apply(Merge merge, Map<List<String>, Integer> words) {
        Map<List<String>, Integer> merged = new LinkedHashMap<>();
        words.forEach((word, count) -> merged.merge(apply(merge, word), count, Integer::sum));
        return merged;
    }

    private static List<String> apply(Merge merge, List<String> word) {
        List<String> merged = new ArrayList<>(word.size());
        for (int i = 0; i < word.size(); i++) {
            boolean found = i + 1 < word.size()
                    && word.get(i).equals(merge.left())
                    && word.get(i + 1).equals(merge.right());
            merged.add(found ? merge.symbol() : word.get(i));
            if (found) {
                i++;
            }
        }
        return merged;
    }
}
