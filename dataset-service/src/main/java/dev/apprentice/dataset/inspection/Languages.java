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
 * Counts the languages of examples, guessed for a random sample of {@value #SAMPLE}. The sample is drawn in one pass, so memory
 * and time for the guesses do not depend on the number of examples.
 */
final class Languages {

    static final int SAMPLE = 300;

    private static final int LONGEST = 500;

    private final List<String> drawn = new ArrayList<>();
    private final Random random = new Random(SAMPLE);
    private int passed;

    /** Adds an example, which is sampled with equal probability (Vitter's algorithm R). */
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

    /**
     * Returns the text to guess from: the answer, then the question. An answer is in one language more often than its question.
     * The question helps if the answer is short.
     */
    private static String text(Example example) {
        String text = example.output() + "\n" + example.instruction() + "\n" + example.input();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    /** Returns how many sampled examples are in each language, as ISO 639-1 codes or {@code unknown}; the most frequent first. */
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
