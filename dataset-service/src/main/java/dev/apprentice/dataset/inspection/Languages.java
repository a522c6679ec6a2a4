package dev.apprentice.dataset.inspection;

import dev.apprentice.dataset.datasets.example.Example;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * In which languages examples are: guessed for {@value #SAMPLE} of them, which are drawn while they pass, so that memory and time do not
 * depend on how many there are.
 */
final class Languages {

    static final int SAMPLE = 300;

    private static final int LONGEST = 500;

    private final List<String> drawn = new ArrayList<>();
    private final Random random = new Random(SAMPLE);
    private int passed;

    /** Each example is among those drawn with equal probability (Vitter's algorithm R). */
    void add(Example example) {
        passed++;
        if (drawn.size() < SAMPLE) {
            drawn.add(text(example));
            return;
        }
        int place = random.nextInt(passed);
        if (place < SAMPLE) {
            drawn.set(place, text(example));
        }
    }

    /** An answer is more often one language than what is asked about it; where it says little, the question helps. */
    private static String text(Example example) {
        String text = example.output() + "\n" + example.instruction() + "\n" + example.input();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    /** How many of those drawn are in which language, as ISO 639-1 codes or {@code unknown}; the most frequent first. */
    Map<String, Integer> counted() {
        Map<String, Integer> counts = new TreeMap<>();
        LanguageGuess guess = LanguageGuess.get();
        drawn.forEach(text -> counts.merge(guess.of(text).orElse("unknown"), 1, Integer::sum));
        Map<String, Integer> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .forEach(count -> sorted.put(count.getKey(), count.getValue()));
        return sorted;
    }
}
