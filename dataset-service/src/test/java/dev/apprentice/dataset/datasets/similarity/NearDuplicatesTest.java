package dev.apprentice.dataset.datasets.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.apprentice.dataset.datasets.example.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearDuplicatesTest {

    private static final Random RANDOM = new Random(11);
    private static final List<String> WORDS = RANDOM.ints(500, 0, 1 << 20).mapToObj(number -> Integer.toString(number, 36)).toList();

    @Test
    void whatSignaturesSayOfSimilarityAgreesWithTheExactJaccard() {
        double errors = 0;
        int pairs = 500;
        for (int i = 0; i < pairs; i++) {
            String text = text(40);
            String other = changed(text, RANDOM.nextInt(30));
            double exact = jaccard(text, other);
            double estimated = MinHash.similarity(MinHash.signature(Shingles.of(text)), MinHash.signature(Shingles.of(other)));
            assertThat(estimated).isCloseTo(exact, within(0.2)); // 4.5 standard deviations of 128 draws
            errors += Math.abs(estimated - exact);
        }
        assertThat(errors / pairs).isLessThan(0.04); // a standard deviation of at most 0.044 gives a mean error of 0.035
    }

    @Test
    void thoseAreFoundWhoseExactJaccardReachesTheThreshold() {
        List<Example> sought = new ArrayList<>();
        List<Example> others = new ArrayList<>();
        List<Boolean> expected = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String text = text(30 + RANDOM.nextInt(30));
            String other = changed(text, RANDOM.nextInt(12));
            sought.add(new Example("s" + i, "Repeat.", text, "Done."));
            others.add(new Example("o" + i, "Repeat.", other, "Done."));
            expected.add(jaccard(text, other) >= 0.7);
        }
        Collections.shuffle(others, RANDOM);

        NearDuplicates near = new NearDuplicates(0.7, sought);
        near.keep(near.compare(others));

        assertThat(expected).contains(true, false);
        for (int i = 0; i < sought.size(); i++) {
            assertThat(near.found().get(i).map(NearDuplicates.Match::id))
                    .isEqualTo(expected.get(i) ? Optional.of("o" + i) : Optional.empty());
        }
    }

    @Test
    void asManyBandsAreComparedAsTheThresholdNeeds() {
        for (double threshold : new double[] {0.5, 0.7, 0.8, 0.9, 1}) {
            int bands = MinHash.bandsFor(threshold);
            assertThat(Math.pow(1 - Math.pow(threshold, 4), bands)).satisfiesAnyOf(
                    missed -> assertThat(missed).isLessThanOrEqualTo(0.0002), missed -> assertThat(bands).isEqualTo(32));
            assertThat(Math.pow(1 - Math.pow(threshold, 4), bands - 1)).isGreaterThan(0.0002);
        }
    }

    @Test
    void caseAndPunctuationMakeNoDifference() {
        assertThat(found(0.99, example("Name the capital of France!", "", "It is  Paris."), example("name, the capital of France", "", "It is Paris")))
                .isEqualTo(1.0);
    }

    @Test
    void oneTaskForManyInputsIsNoDuplicate() {
        String task = "Decide whether the review that follows is positive or negative, and answer with one word alone.";
        assertThat(found(0.5, example(task, "I love this film.", "positive"), example(task, "The seats were cold.", "positive"))).isZero();
        assertThat(found(0.5, example(task, "I love this film.", "positive"), example(task, "I love this film", "negative"))).isZero();
        assertThat(found(0.5, example("How many letters has ship?", "", "4"), example("How many letters has shop?", "", "5"))).isZero();
    }

    @Test
    void theMostAlikeIsNamedOfSeveral() {
        NearDuplicates near = new NearDuplicates(0.5, List.of(example("Tell me where the river Rhine rises.", "", "In the Alps.")));
        near.keep(near.compare(List.of(
                example("Tell me where the river Rhone rises.", "", "In the Alps.").named("rhone"),
                example("Tell me where the river Rhine rises!", "", "In the Alps.").named("rhine"),
                example("Where does the Rhine rise?", "", "In the Alps.").named("far"))));
        assertThat(near.found()).containsExactly(Optional.of(new NearDuplicates.Match("rhine", 1)));
    }

    @Test
    void nothingIsFoundAmongNothing() {
        NearDuplicates near = new NearDuplicates(0.8, List.of());
        near.keep(near.compare(List.of(example("a", "", "b"))));
        assertThat(near.found()).isEmpty();
    }

    private static double found(double threshold, Example one, Example other) {
        NearDuplicates near = new NearDuplicates(threshold, List.of(one));
        near.keep(near.compare(List.of(other)));
        return near.found().get(0).map(NearDuplicates.Match::similarity).orElse(0.0);
    }

    private static Example example(String instruction, String input, String output) {
        return new Example("id", instruction, input, output);
    }

    private static String text(int words) {
        return IntStream.range(0, words).mapToObj(i -> word()).collect(Collectors.joining(" "));
    }

    private static String word() {
        return WORDS.get(RANDOM.nextInt(WORDS.size()));
    }

    private static String changed(String text, int times) {
        List<String> words = new ArrayList<>(Arrays.asList(text.split(" ")));
        for (int i = 0; i < times; i++) {
            words.set(RANDOM.nextInt(words.size()), word());
        }
        return String.join(" ", words);
    }

    /** Returns the exact Jaccard similarity of the sets of all sequences of five characters. */
    private static double jaccard(String one, String other) {
        Set<String> common = shingles(one);
        common.retainAll(shingles(other));
        Set<String> all = shingles(one);
        all.addAll(shingles(other));
        return (double) common.size() / all.size();
    }

    private static Set<String> shingles(String text) {
        String plain = text.toLowerCase(Locale.ROOT);
        return IntStream.rangeClosed(0, plain.length() - 5)
                .mapToObj(from -> plain.substring(from, from + 5))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
