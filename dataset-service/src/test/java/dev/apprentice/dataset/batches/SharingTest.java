package dev.apprentice.dataset.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.apprentice.contracts.run.Split;
import dev.apprentice.contracts.run.Split.Policy;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.table.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharingTest {

    @TempDir
    Path folder;

    private static final Split HASH = new Split(Policy.HASH, 0.85, 0.10);
    private static final Split POSITION = new Split(Policy.POSITION, 0.85, 0.10);

    @Test
    void orderedSharesTheTextbooksFileOutAsTheTextbookDoes() throws IOException {
        assertThat(counts(Split.TEXTBOOK, examples(1_100)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(Share.TRAIN, 935, Share.TEST, 110, Share.VALIDATION, 55));
    }

    @Test
    void orderedAndPositionKeepTheOrderOfTheFile() throws IOException {
        for (Split split : List.of(Split.TEXTBOOK, POSITION)) {
            assertThat(letters(split, examples(20))).isEqualTo("LLLLLLLLLLLLLLLLLTTV");
        }
    }

    @Test
    void orderedKeepsWhatIsAskedTwiceInOneSplitAndTheSharesTheirSizes() throws IOException {
        List<Example> twice = Stream.concat(examples(60).stream(), examples(60).stream()).toList(); // 102, 12 and 6 places
        assertThat(letters(Split.TEXTBOOK, twice)).isEqualTo(("L".repeat(51) + "T".repeat(6) + "V".repeat(3)).repeat(2));
    }

    @Test
    void orderedLetsTheNextSplitBeginAsManyPlacesEarlierAsComeAgainLater() throws IOException {
        Split split = new Split(Policy.ORDERED, 0.6, 0.2);
        List<Example> asked = IntStream.of(0, 1, 2, 3, 4, 5, 6, 7, 0, 8).mapToObj(SharingTest::example).toList();
        assertThat(letters(split, asked)).isEqualTo("LLLLLTTVLV");
        assertThat(letters(new Split(Policy.POSITION, 0.6, 0.2), asked)).isEqualTo("LLLLLLTTVV");
    }

    @Test
    void orderedGivesEachShareAQuestionAsLongAsThereAreAsMany() throws IOException {
        List<Example> fourTimes = Stream.generate(() -> examples(10)).limit(4).flatMap(List::stream).toList();
        assertThat(letters(Split.TEXTBOOK, fourTimes)).isEqualTo("LLLLLLLLTV".repeat(4)); // 34 and 4 places
        assertThat(letters(Split.TEXTBOOK, examples(9))).isEqualTo("LLLLLLLTV"); // a tenth of 9 rounds down to 0
        assertThat(letters(Split.TEXTBOOK, examples(3))).isEqualTo("LTV");
        assertThat(letters(Split.TEXTBOOK, examples(2))).isEqualTo("LT");
        assertThat(letters(new Split(Policy.ORDERED, 0.9, 0), examples(2))).isEqualTo("LV");
        assertThat(letters(new Split(Policy.ORDERED, 1, 0), examples(2))).isEqualTo("LL");
        assertThat(letters(new Split(Policy.POSITION, 0.85, 0.10), examples(9))).isEqualTo("LLLLLLLVV");
    }

    @Test
    void noQuestionIsOnTwoSidesHoweverOftenItIsAsked() throws IOException {
        Random random = new Random(5);
        for (int round = 0; round < 50; round++) {
            List<Example> asked = random.ints(200, 0, 120).mapToObj(SharingTest::example).toList();
            Sharing sharing = Sharing.of(Split.TEXTBOOK, asked(Split.TEXTBOOK, asked));
            Map<String, Set<Share>> sides = new HashMap<>();
            for (int i = 0; i < asked.size(); i++) {
                sides.computeIfAbsent(asked.get(i).input(), input -> EnumSet.noneOf(Share.class)).add(sharing.of(i, asked.get(i)));
            }
            assertThat(sides.values()).allSatisfy(shares -> assertThat(shares).hasSize(1));
        }
    }

    @Test
    void orderedRoundsDownAndLeavesTheRestToValidation() throws IOException {
        assertThat(counts(Split.TEXTBOOK, examples(61)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(Share.TRAIN, 51, Share.TEST, 6, Share.VALIDATION, 4));
    }

    @Test
    void hashedComesCloseToTheShares() throws IOException {
        Map<Share, Integer> counts = counts(HASH, examples(10_000));
        assertThat(counts.get(Share.TRAIN)).isCloseTo(8_500, within(150));
        assertThat(counts.get(Share.TEST)).isCloseTo(1_000, within(150));
        assertThat(counts.get(Share.VALIDATION)).isCloseTo(500, within(150));
    }

    @Test
    void hashedLeavesAnExampleWhereItIsWhateverComesAndGoesAroundIt() throws IOException {
        Sharing small = Sharing.of(HASH, asked(HASH, examples(10)));
        Sharing large = Sharing.of(HASH, asked(HASH, examples(10_000)));
        for (Example example : examples(500)) {
            assertThat(large.of(4_711, example)).isEqualTo(small.of(3, example));
        }
    }

    @Test
    void hashedNeverPutsTheSameQuestionOnBothSides() throws IOException {
        Sharing sharing = Sharing.of(HASH, asked(HASH, examples(10)));
        for (Example example : examples(500)) {
            Example corrected = new Example("other", example.instruction(), example.input(), "another answer");
            assertThat(sharing.of(0, corrected)).isEqualTo(sharing.of(0, example));
        }
    }

    private Map<Share, Integer> counts(Split split, List<Example> examples) throws IOException {
        Sharing sharing = Sharing.of(split, asked(split, examples));
        Map<Share, Integer> counts = new EnumMap<>(Share.class);
        for (int index = 0; index < examples.size(); index++) {
            counts.merge(sharing.of(index, examples.get(index)), 1, Integer::sum);
        }
        return counts;
    }

    /** Returns a letter for each example: L for training, T for the test, V for validation. */
    private String letters(Split split, List<Example> examples) throws IOException {
        Sharing sharing = Sharing.of(split, asked(split, examples));
        return IntStream.range(0, examples.size())
                .mapToObj(index -> sharing.of(index, examples.get(index)))
                .map(share -> share == Share.TRAIN ? "L" : share == Share.TEST ? "T" : "V")
                .collect(Collectors.joining());
    }

    private AskedQuestions asked(Split split, List<Example> examples) throws IOException {
        Scratch scratch = new Scratch(folder);
        QuestionHashes questions = new QuestionHashes(scratch);
        for (Example example : examples) {
            questions.add(example.questionHash());
        }
        return new AskedQuestions(questions, 0, split, scratch);
    }

    private static List<Example> examples(int count) {
        return IntStream.range(0, count).mapToObj(SharingTest::example).toList();
    }

    private static Example example(int number) {
        return new Example("e" + number, "Double the number.", String.valueOf(number), String.valueOf(2 * number));
    }
}
