package dev.apprentice.dataset.datasets.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShinglesTest {

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.6, 0.7, 0.8, 0.9, 1})
    void theSimilarityOfSetsIsExactFromTheLeastOnAndElseNothing(double least) {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 20_000; round++) {
            Set<Integer> one = new TreeSet<>();
            Set<Integer> other = new TreeSet<>();
            double shared = random.nextDouble();
            int size = random.nextInt(1, 40);
            for (int i = 0; i < size; i++) {
                int element = random.nextInt(-1_000, 1_000);
                if (random.nextDouble() < shared) {
                    one.add(element);
                    other.add(element);
                } else {
                    (random.nextBoolean() ? one : other).add(element);
                }
            }
            Set<Integer> common = new TreeSet<>(one);
            common.retainAll(other);
            Set<Integer> all = new TreeSet<>(one);
            all.addAll(other);
            double exact = (double) common.size() / all.size();
            assertThat(Shingles.jaccard(array(one), array(other), least)).isEqualTo(exact >= least ? exact : 0);
        }
    }

    @Test
    void setsThatAreJustAlikeEnoughAreAlikeHoweverLargeTheyAre() {
        for (int fifth = 1; fifth <= 1_000; fifth++) {
            int[] whole = IntStream.range(0, 5 * fifth).toArray();
            int[] most = IntStream.range(fifth, 5 * fifth).toArray();
            assertThat(Shingles.jaccard(whole, most, 0.8)).isEqualTo(0.8);
            assertThat(Shingles.jaccard(most, IntStream.range(0, 5 * fifth + 1).toArray(), 0.8)).isZero();
        }
        assertThat(Shingles.jaccard(new int[0], new int[0], 0.8)).isEqualTo(1);
    }

    private static int[] array(Set<Integer> set) {
        return set.stream().mapToInt(Integer::intValue).toArray();
    }
}
