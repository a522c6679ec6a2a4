package dev.apprentice.dataset.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.apprentice.contracts.Split;
import dev.apprentice.contracts.Split.Policy;
import dev.apprentice.dataset.example.Example;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharingTest {

    private static final Split HASH = new Split(Policy.HASH, 0.85, 0.10);

    @Test
    void orderedSharesTheTextbooksFileOutAsTheTextbookDoes() {
        assertThat(counts(Split.TEXTBOOK, examples(1_100)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(Share.TRAIN, 935, Share.TEST, 110, Share.VALIDATION, 55));
    }

    @Test
    void orderedKeepsTheOrderOfTheFile() {
        Sharing sharing = Sharing.of(Split.TEXTBOOK, 20);
        List<Share> shares = IntStream.range(0, 20).mapToObj(index -> sharing.of(index, example(index))).toList();
        assertThat(shares.subList(0, 17)).containsOnly(Share.TRAIN);
        assertThat(shares.subList(17, 19)).containsOnly(Share.TEST);
        assertThat(shares.subList(19, 20)).containsOnly(Share.VALIDATION);
    }

    @Test
    void orderedRoundsDownAndLeavesTheRestToValidation() {
        assertThat(counts(Split.TEXTBOOK, examples(61)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(Share.TRAIN, 51, Share.TEST, 6, Share.VALIDATION, 4));
    }

    @Test
    void hashedComesCloseToTheShares() {
        Map<Share, Integer> counts = counts(HASH, examples(10_000));
        assertThat(counts.get(Share.TRAIN)).isCloseTo(8_500, within(150));
        assertThat(counts.get(Share.TEST)).isCloseTo(1_000, within(150));
        assertThat(counts.get(Share.VALIDATION)).isCloseTo(500, within(150));
    }

    @Test
    void hashedLeavesAnExampleWhereItIsWhateverComesAndGoesAroundIt() {
        Sharing small = Sharing.of(HASH, 10);
        Sharing large = Sharing.of(HASH, 10_000);
        for (Example example : examples(500)) {
            assertThat(large.of(4_711, example)).isEqualTo(small.of(3, example));
        }
    }

    @Test
    void hashedNeverPutsTheSameQuestionOnBothSides() {
        Sharing sharing = Sharing.of(HASH, 10);
        for (Example example : examples(500)) {
            Example corrected = new Example("other", example.instruction(), example.input(), "another answer");
            assertThat(sharing.of(0, corrected)).isEqualTo(sharing.of(0, example));
        }
    }

    private static Map<Share, Integer> counts(Split split, List<Example> examples) {
        Sharing sharing = Sharing.of(split, examples.size());
        Map<Share, Integer> counts = new EnumMap<>(Share.class);
        for (int index = 0; index < examples.size(); index++) {
            counts.merge(sharing.of(index, examples.get(index)), 1, Integer::sum);
        }
        return counts;
    }

    private static List<Example> examples(int count) {
        return IntStream.range(0, count).mapToObj(SharingTest::example).toList();
    }

    private static Example example(int number) {
        return new Example("e" + number, "Double the number.", String.valueOf(number), String.valueOf(2 * number));
    }
}
