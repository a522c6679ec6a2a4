package dev.apprentice.judge.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Response.FinishReason;
import dev.apprentice.contracts.event.ResponseBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values from papers and test suites. */
class PublishedValuesTest {

    @ParameterizedTest
    @CsvSource({
        // Lin (2004), section 3.1: S1 with S2 and S3
        "police killed the gunman, police kill the gunman, 0.75",
        "police killed the gunman, the gunman kill police, 0.5",
        // rouge_score's own testRougeLConsecutive and testRougeLNonConsecutive
        "testing one two, testing one, 0.8",
        "testing one two, testing two, 0.8",
    })
    void rougeL(String reference, String response, double published) {
        assertThat(RougeL.published().of(reference, response)).isCloseTo(published, within(1e-12));
    }

    @Test
    void exactMatchIsLiteralButForWhiteSpaceAtTheEnds() {
        ExactMatch exactMatch = new ExactMatch();

        assertThat(exactMatch.of("Paris", " Paris\n")).isEqualTo(1);
        assertThat(exactMatch.of("Paris", "paris")).isZero();
        assertThat(exactMatch.of("Paris", "Paris.")).isZero();
        assertThat(exactMatch.of("Paris", "")).isZero();
    }

    /** rouge_score's own tests (testRouge1, testMultipleRougeTypes, testRouge2, testRougeEmpty in google-research/rouge/rouge_scorer_test.py), F-measures. */
    @ParameterizedTest
    @CsvSource({
        "1, testing one two, testing, 0.5",
        "1, testing one two, testing one, 0.8",
        "2, testing one two, testing one, 0.6666666666666666",
        "1, testing one two, '', 0",
        "2, testing one two, '', 0",
    })
    void rougeN(int n, String reference, String response, double published) {
        assertThat(new RougeN(n).of(reference, response)).isCloseTo(published, within(1e-12));
    }

    /** sacreBLEU's README and test_bleu.py: three sentences, 48.53 = 82.4/50.0/45.5/37.5 (BP = 0.943). */
    @Test
    void bleuOfWhatAnExamAddsUpTo() {
        assertThat(Bleu.ofExam(new double[] {17, 18, 14, 7, 5, 3, 17, 14, 11, 8})).isCloseTo(48.530827, within(1e-6));
        assertThat(Bleu.ofExam(new double[] {11, 11, 9, 7, 5, 3, 10, 8, 6, 4})).isCloseTo(83.75922397, within(1e-8));
        assertThat(Bleu.ofExam(new double[] {0, 1, 0, 0, 0, 0, 4, 4, 2, 1})).isZero();
        assertThat(Bleu.ofExam(new double[10])).isZero();
    }

    /** The same sentences against the first reference alone: 45.07 = 70.6/42.9/36.4/37.5 (BP = 1.000). */
    @Test
    void bleuOfAnExam() {
        double[] sums = new double[10];
        add(Bleu.statistics("The dog bit the man.", "The dog bit the man."), sums);
        add(Bleu.statistics("It was not unexpected.", "It wasn't surprising."), sums);
        add(Bleu.statistics("The man bit him first.", "The man had just bitten him."), sums);

        assertThat(sums).containsExactly(17, 17, 12, 6, 4, 3, 17, 14, 11, 8);
        assertThat(Bleu.ofExam(sums)).isCloseTo(45.07, within(0.005));
    }

    /** sacreBLEU's test_sentence_bleu.py. */
    @Test
    void bleuOfOneResponse() {
        Bleu bleu = new Bleu();

        assertThat(bleu.of(
                        "producţia de zahăr brut se exprimă în zahăr alb;",
                        "Producția de zahăr primă va fi exprimată în ceea ce privește zahărul alb;"))
                .isCloseTo(8.493, within(1e-3));
        assertThat(bleu.of("okay thanks", "this is a cat")).isZero();
        assertThat(bleu.of("a test", "a test")).as("orders that the response is too short for do not count")
                .isCloseTo(100, within(1e-9));
        assertThat(bleu.of("a test", "")).isZero();
    }

    /** sacreBLEU's 13a tokens. */
    @Test
    void bleuSplitsWordsFromPunctuationButNotNumbers() {
        assertThat(Bleu.tokens("It's 3,000.5 km (well-known), 1990-1995 &amp; on."))
                .containsExactly("It's", "3,000.5", "km", "(", "well-known", ")", ",", "1990", "-", "1995", "&", "on", ".");
    }

    /** sacreBLEU's test_chrf.py, which uses beta 3 and effective order. */
    @ParameterizedTest
    @CsvSource({"a, a, 100", "'', reference, 0", "a b c, a b c, 100", "a b c, abc, 100", "aa, ab, 25"})
    void chrf(String response, String reference, double published) {
        assertThat(Chrf.ofExam(Chrf.statistics(reference, response), 9)).isCloseTo(published, within(1e-4));
    }

    @Test
    void chrfOfAnExamIsNotTheMeanOfItsResponses() {
        double[] sums = new double[18];
        add(Chrf.statistics("a", "a"), sums);
        add(Chrf.statistics("c", "b"), sums);

        assertThat(Chrf.ofExam(sums, 9)).isCloseTo(50, within(1e-4));
    }

    /** The two cases of test_chrf.py that keep white space. */
    @Test
    void chrfOfSentences() {
        assertThat(withWhiteSpace(
                        "Das Verhältnis zwischen Obama und Netanyahu ist nicht gerade freundschaftlich.",
                        "Die Beziehung zwischen Obama und Netanjahu ist nicht gerade freundlich."))
                .isCloseTo(67.3481606, within(1e-4));
        assertThat(withWhiteSpace(
                        "risk assessment has to be undertaken by those who are qualified and expert in that area - that is the"
                                + " scientists .",
                        "risk assessment must be made of those who are qualified and expertise in the sector - these are the"
                                + " scientists ."))
                .isCloseTo(65.2414427, within(1e-4));
    }

    private static double withWhiteSpace(String reference, String response) {
        return Chrf.ofExam(
                Chrf.statistics(reference.codePoints().boxed().toList(), response.codePoints().boxed().toList()), 9);
    }

    /** A single word contains no pair of words. */
    @Test
    void runsThatAreLongerThanTheTextsMatchNothing() {
        assertThat(new RougeN(2).of("testing", "testing")).isZero();
    }

    /** The example in scikit-learn's documentation of f1_score: y_true 0 1 2 0 1 2, y_pred 0 2 1 0 0 1. */
    @Test
    void macroF1() {
        ClosedSet labels = new ClosedSet(List.of("zero", "one", "two"));
        String[] wanted = {"zero", "one", "two", "zero", "one", "two"};
        String[] given = {"Zero.", "two", "one", " zero ", "zero", "ONE"};
        double[] sums = new double[9];
        for (int i = 0; i < wanted.length; i++) {
            add(labels.statistics(wanted[i], given[i]), sums);
        }

        assertThat(ClosedSet.macroF1(sums)).isCloseTo(0.26666666666666666, within(1e-12));
    }

    @Test
    void anAnswerOutsideTheClosedSetIsWrongAndNoOtherLabelsPrediction() {
        ClosedSet labels = new ClosedSet(List.of("yes", "no"));

        assertThat(labels.accuracy("yes", "maybe")).isZero();
        assertThat(labels.statistics("yes", "maybe")).containsExactly(0, 0, 1, 0, 0, 0);
        assertThat(labels.holds("perhaps")).isFalse();
    }

    /** For tasks with equally many labels it is the mean of each task's macro-F1. */
    @Test
    void theLabelsOfSeveralTasksHaveTheSameWeightInMacroF1() {
        ClosedSet both = new ClosedSet(List.of("yes", "no", "spam", "ham"));
        double mean = 0;
        double[] sums = new double[12];
        for (List<String> task : List.of(List.of("yes", "no"), List.of("spam", "ham"))) {
            ClosedSet own = new ClosedSet(task);
            double[] ownSums = new double[6];
            for (int[] answer : new int[][] {{0, 0}, {0, 1}, {1, 1}, {1, 1}, {1, task.contains("spam") ? 0 : 1}}) {
                add(own.statistics(task.get(answer[0]), task.get(answer[1])), ownSums);
                add(both.statistics(task.get(answer[0]), task.get(answer[1])), sums);
            }
            mean += ClosedSet.macroF1(ownSums) / 2;
        }

        assertThat(ClosedSet.macroF1(sums)).isCloseTo(mean, within(1e-12));
    }

    /** seq-rep-4 is 1 minus the number of unique runs of four words divided by the number of all runs: here two of six. */
    @Test
    void anAnswerThatRunsInCirclesIsRepeated() {
        assertThat(Repetition.share("a b a b a b a b a")).isCloseTo(1 - 2.0 / 6, within(1e-12));
        assertThat(Repetition.in("a b a b a b a b a")).isTrue();
        assertThat(Repetition.share("one two three")).isZero();
        assertThat(Repetition.in("a fox jumps over a dog and a fox jumps over a log")).isFalse();
    }

    /** A model that gives each of V tokens equal probability has perplexity V, at any length. */
    @Test
    void perplexity() {
        assertThat(Perplexity.of(new double[] {7 * Math.log(1.0 / 50257), 7})).isCloseTo(50257, within(1e-6));
        assertThat(Perplexity.of(new double[] {0, 3})).isEqualTo(1);
        assertThat(Perplexity.of(new double[] {-1e9, 1})).isEqualTo(Double.MAX_VALUE);
    }

    @Test
    void everyMetricGoesByItsName() {
        Response response = ResponseBuilder.builder()
                .run("r")
                .step(0)
                .example("e")
                .index(0)
                .of(1)
                .instruction("i")
                .input("")
                .output("good")
                .response("Good.")
                .finishReason(FinishReason.LENGTH)
                .promptTokens(1)
                .generatedTokens(1)
                .seconds(1)
                .labels(List.of("good", "bad"))
                .referenceLogProbability(-2.0)
                .referenceTokens(2)
                .build();
        Grades grades = new ReferenceMetrics().of(response);

        assertThat(grades.metrics()).containsOnlyKeys("exact_match", "token_f1", "rouge_1", "rouge_2", "rouge_l",
                "rouge_l_unicode", "bleu", "chrf", "response_length", "empty", "truncated", "repeated", "perplexity", "accuracy");
        assertThat(grades.metrics()).contains(
                entry("accuracy", 1.0), entry("truncated", 1.0), entry("response_length", 5.0), entry("perplexity", Math.E));
        assertThat(grades.statistics()).containsOnlyKeys("bleu", "chrf", "perplexity", "macro_f1");
    }

    private static void add(double[] row, double[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += row[i];
        }
    }
}
