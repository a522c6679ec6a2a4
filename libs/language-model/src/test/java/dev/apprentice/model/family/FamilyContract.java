package dev.apprentice.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.Precision;
import dev.apprentice.model.TokenBatch;
import dev.apprentice.model.family.ReferenceModel.Size;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.generation.Generated;
import dev.apprentice.model.generation.GenerationSettings;
import dev.apprentice.model.safetensors.SafetensorsFile;
import dev.apprentice.model.tokenizer.TokenizedRow;
import dev.apprentice.model.training.FineTuning;
import dev.apprentice.model.training.FineTuningSettings;
import dev.apprentice.model.training.LossSum;
import dev.apprentice.model.training.StepMetrics;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The behaviour that every model family must have. Expectations come from PyTorch and transformers, or from a second way to
 * compute.
 */
abstract class FamilyContract {

    private static final double LEARNING_RATE = 5e-4;
    private static final double TOLERANCE = 1e-4;

    @TempDir
    Path temporary;

    /** Returns the fixture's name. */
    abstract String model();

    private ReferenceModel small() {
        return ReferenceModel.open(Size.SMALL, model(), temporary);
    }

    @ParameterizedTest
    @EnumSource
    void logitsAreThoseOfTransformers(Size size) {
        ReferenceModel reference = ReferenceModel.open(size, model(), temporary);
        try (LanguageModel model = reference.load();
                LanguageModel answering = LanguageModel.load(reference.folder(), Precision.FLOAT32)) {
            assertLogits(model, reference.expected());
            assertLogits(answering, reference.expected());
        }
    }

    private static void assertLogits(LanguageModel model, JsonNode expected) {
        float[] logits = model.logits(ReferenceModel.ints(expected.get("input_ids")));
        JsonNode first = expected.get("last_logits_first8");
        for (int i = 0; i < first.size(); i++) {
            assertThat((double) logits[i]).isCloseTo(first.get(i).doubleValue(), within(TOLERANCE));
        }
        int[] topIds = ReferenceModel.ints(expected.get("last_logits_top10_ids"));
        for (int i = 0; i < topIds.length; i++) {
            assertThat((double) logits[topIds[i]])
                    .isCloseTo(expected.get("last_logits_top10").get(i).doubleValue(), within(TOLERANCE));
        }
    }

    @ParameterizedTest
    @EnumSource
    void greedyContinuationsAreThoseOfTransformersTogetherAndAlone(Size size) {
        ReferenceModel reference = ReferenceModel.open(size, model(), temporary);
        List<int[]> prompts = new ArrayList<>();
        List<Generated> expected = new ArrayList<>();
        for (JsonNode greedy : reference.expected().get("greedy")) {
            prompts.add(ReferenceModel.ints(greedy.get("prompt_ids")));
            expected.add(new Generated(ReferenceModel.ints(greedy.get("new_ids")), Generated.Reason.LENGTH));
        }
        GenerationSettings settings = new GenerationSettings(expected.get(0).ids().length, Set.of());
        try (LanguageModel model = reference.load()) {
            assertGreedy(model, prompts, settings, expected);
        }
        try (LanguageModel answering = LanguageModel.load(reference.folder(), Precision.FLOAT32)) {
            assertGreedy(answering, prompts, settings, expected);
        }
    }

    private static void assertGreedy(
            LanguageModel model, List<int[]> prompts, GenerationSettings settings, List<Generated> expected) {
        assertThat(model.generate(prompts, settings)).isEqualTo(expected);
        for (int i = 0; i < prompts.size(); i++) {
            assertThat(model.generate(prompts.subList(i, i + 1), settings)).containsExactly(expected.get(i));
        }
    }

    @ParameterizedTest
    @EnumSource
    void lossesWhileTrainingAreThoseOfTransformers(Size size) {
        ReferenceModel reference = ReferenceModel.open(size, model(), temporary);
        JsonNode training = reference.expected().get("training");
        int batchSize = training.get("batch_size").intValue();
        int heldOut = Integer.parseInt(training.get("heldout").textValue().replaceAll("entries (\\d+)\\..*", "$1"));
        try (LanguageModel model = reference.load();
                FineTuning tuning = new FineTuning(model, FineTuningSettings.DEFAULTS)) {
            for (int step = 0; step < training.get("losses").size(); step++) {
                TokenBatch batch = reference.batch(step * batchSize, (step + 1) * batchSize);
                assertThat(tuning.step(List.of(batch), LEARNING_RATE).loss())
                        .as("loss of step %d", step)
                        .isCloseTo(training.get("losses").get(step).doubleValue(), within(TOLERANCE));
            }
            assertThat(model.loss(reference.batch(heldOut, heldOut + batchSize)).mean())
                    .isCloseTo(training.get("heldout_loss_after").doubleValue(), within(TOLERANCE));
        }
    }

    @Test
    void aRowEndsAtItsFirstStopIdAndTheOthersGoOn() {
        List<int[]> prompts = List.of(new int[] {1, 2, 3}, new int[] {9, 8}, new int[] {30, 31, 32, 33});
        int length = 12;
        try (LanguageModel model = small().load()) {
            List<int[]> unstopped = model.generate(prompts, new GenerationSettings(length, Set.of())).stream()
                    .map(Generated::ids)
                    .toList();
            int stop = unstopped.stream()
                    .flatMapToInt(IntStream::of)
                    .filter(id -> endsVary(unstopped, id))
                    .findFirst()
                    .orElseThrow();
            List<Generated> expected = unstopped.stream()
                    .map(ids -> new Generated(
                            upTo(stop, ids),
                            upTo(stop, ids).length < length ? Generated.Reason.STOP : Generated.Reason.LENGTH))
                    .toList();
            assertThat(model.generate(prompts, new GenerationSettings(length, Set.of(stop)))).isEqualTo(expected);
        }
    }

    private static boolean endsVary(List<int[]> rows, int stop) {
        return rows.stream().map(ids -> upTo(stop, ids).length).distinct().count() > 1;
    }

    private static int[] upTo(int stop, int[] ids) {
        return IntStream.of(ids).takeWhile(id -> id != stop).toArray();
    }

    @Test
    void generationEndsWhereTheContextDoes() {
        ReferenceModel reference = small();
        int context = reference.folder().configuration().contextLength();
        int[] prompt = IntStream.range(0, context - 3).map(i -> i % 200).toArray();
        try (LanguageModel model = reference.load()) {
            Generated generated = model.generate(List.of(prompt), new GenerationSettings(50, Set.of())).get(0);
            assertThat(generated.ids()).hasSize(3);
            assertThat(generated.reason()).isEqualTo(Generated.Reason.LENGTH);
        }
    }

    @Test
    void rowsOfABatchDoNotSeeOneAnother() {
        ReferenceModel reference = small();
        try (LanguageModel model = reference.load()) {
            LossSum apart = IntStream.range(0, 5)
                    .mapToObj(i -> model.loss(reference.batch(i, i + 1)))
                    .reduce(LossSum.ZERO, LossSum::plus);
            LossSum together = model.loss(reference.batch(0, 5));
            assertThat(together.targets()).isEqualTo(apart.targets());
            assertThat(together.mean()).isCloseTo(apart.mean(), within(1e-6));
        }
    }

    private static TokenBatch prompts(List<TokenizedRow> rows) {
        return new TokenBatch(
                rows.stream().flatMapToInt(row -> IntStream.of(row.ids()).limit(row.promptLength())).toArray(),
                rows.stream().mapToInt(TokenizedRow::promptLength).toArray(),
                new int[rows.size()],
                false);
    }

    @Test
    void answerOnlyLossIsTheFullLossLessThatOfThePrompts() {
        ReferenceModel reference = small();
        List<TokenizedRow> rows = reference.rows().subList(0, 4);
        TokenBatch prompts = prompts(rows);
        try (LanguageModel model = reference.load()) {
            LossSum full = model.loss(reference.batch(rows, false));
            LossSum prompt = model.loss(prompts);
            LossSum answer = model.loss(reference.batch(rows, true));
            assertThat(answer.targets()).isEqualTo(full.targets() - prompt.targets());
            assertThat(answer.sum()).isCloseTo(full.sum() - prompt.sum(), within(1e-3));
        }
    }

    /**
     * Tokens that are skipped if only answers count must not affect the answers. Sums of gradients can be subtracted, which shows
     * it.
     */
    @Test
    void answersAloneGiveTheFullGradientsLessThoseOfThePrompts() throws IOException {
        ReferenceModel reference = small();
        List<TokenizedRow> rows = reference.rows().subList(0, 4);
        Map<String, double[]> full = gradients(reference, reference.batch(rows, false));
        Map<String, double[]> prompts = gradients(reference, prompts(rows));
        Map<String, double[]> answers = gradients(reference, reference.batch(rows, true));
        double largest = full.values().stream().flatMapToDouble(Arrays::stream).map(Math::abs).max().orElseThrow();
        answers.forEach((name, actual) -> {
            for (int i = 0; i < actual.length; i++) {
                double expected = full.get(name)[i] - prompts.get(name)[i];
                assertThat(actual[i]).as(name).isCloseTo(expected, within(1e-6 * largest));
            }
        });
    }

    /** Returns the gradients of the sum over all targets. The first moments after one step are a tenth of the mean gradients. */
    private Map<String, double[]> gradients(ReferenceModel reference, TokenBatch batch) throws IOException {
        Path state = Files.createTempFile(temporary, "optimizer", ".safetensors");
        long targets;
        try (LanguageModel model = reference.load();
                FineTuning tuning = new FineTuning(model, FineTuningSettings.DEFAULTS)) {
            targets = model.loss(batch).targets();
            tuning.step(List.of(batch), LEARNING_RATE);
            tuning.saveState(state);
        }
        Map<String, double[]> gradients = new HashMap<>();
        try (SafetensorsFile file = SafetensorsFile.open(state)) {
            for (String name : file.entries().keySet()) {
                if (name.startsWith("exp_avg.")) {
                    FloatBuffer moments = file.data(name).asFloatBuffer();
                    gradients.put(name, IntStream.range(0, moments.remaining())
                            .mapToDouble(i -> moments.get(i) * 10.0 * targets)
                            .toArray());
                }
            }
        }
        return gradients;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void accumulatedBatchesLearnWhatOneLargeBatchDoes(boolean answerOnly) {
        ReferenceModel reference = small();
        TokenBatch all = batch(reference, 0, 8, answerOnly);
        List<TokenBatch> parts = List.of(
                batch(reference, 0, 1, answerOnly), batch(reference, 1, 5, answerOnly), batch(reference, 5, 8, answerOnly));
        try (LanguageModel large = reference.load();
                LanguageModel accumulated = reference.load();
                FineTuning tuningLarge = new FineTuning(large, FineTuningSettings.DEFAULTS);
                FineTuning tuningAccumulated = new FineTuning(accumulated, FineTuningSettings.DEFAULTS)) {
            for (int step = 0; step < 3; step++) {
                StepMetrics whole = tuningLarge.step(List.of(all), LEARNING_RATE);
                StepMetrics inParts = tuningAccumulated.step(parts, LEARNING_RATE);
                assertThat(inParts.loss()).isCloseTo(whole.loss(), within(1e-5));
                assertThat(inParts.gradientNorm()).isCloseTo(whole.gradientNorm(), within(1e-5 * whole.gradientNorm()));
                assertThat(inParts.tokens()).isEqualTo(whole.tokens());
                assertThat(inParts.tokenAccuracy()).isCloseTo(whole.tokenAccuracy(), within(2e-3));
            }
        }
    }

    private static TokenBatch batch(ReferenceModel reference, int from, int to, boolean answerOnly) {
        return reference.batch(reference.rows().subList(from, to), answerOnly);
    }

    /** Trains two models, with full losses and with those of answers only, and compares their bytes. */
    @ParameterizedTest
    @EnumSource
    void computingBlocksAgainOnTheWayBackChangesNoBit(Precision precision) throws IOException {
        ReferenceModel reference = small();
        FineTuningSettings settings = FineTuningSettings.DEFAULTS.withPrecision(precision);
        try (LanguageModel keeping = reference.load();
                LanguageModel recomputing = reference.load();
                FineTuning tuningKeeping = new FineTuning(keeping, settings);
                FineTuning tuningRecomputing =
                        new FineTuning(recomputing, settings.withActivationCheckpointing(true))) {
            for (FineTuning tuning : List.of(tuningKeeping, tuningRecomputing)) {
                // few rows, because not every processor has instructions for bfloat16
                tuning.step(List.of(batch(reference, 0, 3, false)), LEARNING_RATE);
                tuning.step(List.of(batch(reference, 8, 11, false)), LEARNING_RATE);
                tuning.step(List.of(batch(reference, 16, 19, true)), LEARNING_RATE);
            }
            assertThat(bytes(recomputing, tuningRecomputing, "recomputing"))
                    .isEqualTo(bytes(keeping, tuningKeeping, "keeping"));
        }
    }

    /** Products in bfloat16 are off by up to 2^-8, but their errors do not accumulate in the weights. */
    @Test
    void trainingInBfloat16StaysCloseToFloat32() {
        ReferenceModel reference = small();
        try (LanguageModel exact = reference.load();
                LanguageModel fast = reference.load();
                FineTuning tuningExact = new FineTuning(exact, FineTuningSettings.DEFAULTS);
                FineTuning tuningFast = new FineTuning(fast, FineTuningSettings.DEFAULTS.withPrecision(Precision.BFLOAT16))) {
            for (int step = 0; step < 4; step++) {
                List<TokenBatch> batches =
                        List.of(reference.batch(8 * step, 8 * step + 5), reference.batch(8 * step + 5, 8 * step + 8));
                StepMetrics expected = tuningExact.step(batches, LEARNING_RATE);
                StepMetrics actual = tuningFast.step(batches, LEARNING_RATE);
                assertThat(actual.loss()).isCloseTo(expected.loss(), within(5e-3));
                assertThat(actual.loss()).isNotEqualTo(expected.loss());
                assertThat(actual.gradientNorm())
                        .isCloseTo(expected.gradientNorm(), within(0.03 * expected.gradientNorm()));
            }
            assertThat(fast.loss(reference.batch(0, 8)).mean())
                    .isCloseTo(exact.loss(reference.batch(0, 8)).mean(), within(5e-3));
        }
    }

    /** bfloat16 has 8 bits of precision, and the errors of a few layers accumulate. */
    @ParameterizedTest
    @EnumSource
    void answeringInBfloat16StaysCloseToFloat32(Size size) {
        ReferenceModel reference = ReferenceModel.open(size, model(), temporary);
        int[] ids = ReferenceModel.ints(reference.expected().get("input_ids"));
        int[] other = {3, 1, 2};
        try (LanguageModel exact = reference.load();
                LanguageModel fast = LanguageModel.load(reference.folder(), Precision.BFLOAT16)) {
            float[] expected = exact.logits(ids);
            float[] actual = fast.logits(ids);
            double largest = IntStream.range(0, expected.length).mapToDouble(i -> Math.abs(expected[i])).max().orElseThrow();
            for (int i = 0; i < expected.length; i++) {
                assertThat(actual[i]).isCloseTo(expected[i], within((float) (0.02 * largest)));
            }
            assertThat(actual).isNotEqualTo(expected);
            assertThat(fast.loss(reference.batch(0, 4)).mean())
                    .isCloseTo(exact.loss(reference.batch(0, 4)).mean(), within(5e-3));
            GenerationSettings settings = new GenerationSettings(4, Set.of());
            assertThat(fast.generate(List.of(ids, other), settings)).hasSize(2).allSatisfy(row ->
                    assertThat(row.ids()).hasSize(4));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aModelToAnswerWithIsNeitherTrainedNorWritten(Precision precision) {
        ReferenceModel reference = small();
        try (LanguageModel model = LanguageModel.load(reference.folder(), precision)) {
            assertThatThrownBy(() -> model.save(temporary.resolve("never")))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("can be neither trained nor saved; load it without a precision to do that");
            assertThatThrownBy(() -> new FineTuning(model, FineTuningSettings.DEFAULTS)).isInstanceOf(ModelException.class);
        }
    }

    @Test
    void aSavedModelIsTheSameModel() throws IOException {
        ReferenceModel reference = small();
        Path saved = Files.createDirectory(temporary.resolve("saved"));
        int[] ids = ReferenceModel.ints(reference.expected().get("input_ids"));
        try (LanguageModel model = reference.load()) {
            model.save(saved);
            reference.folder().copyTokenizerFiles(saved);
            try (LanguageModel again = LanguageModel.load(ModelFolder.open(saved))) {
                assertThat(again.logits(ids)).isEqualTo(model.logits(ids));
            }
        }
        assertThat(saved.resolve(ModelFolder.WEIGHTS)).hasSameBinaryContentAs(temporary.resolve(ModelFolder.WEIGHTS));
    }

    @Test
    void theSameSeedDrawsTheSameWeightsAndAnotherDrawsOthers() throws IOException {
        ModelFolder folder = small().folder();
        byte[] first = drawn(folder, 7);
        assertThat(drawn(folder, 7)).isEqualTo(first);
        assertThat(drawn(folder, 8)).isNotEqualTo(first);
    }

    private byte[] drawn(ModelFolder folder, long seed) throws IOException {
        Path saved = Files.createTempDirectory(temporary, "drawn");
        try (LanguageModel model = LanguageModel.initialise(folder, seed)) {
            model.save(saved);
        }
        return Files.readAllBytes(saved.resolve(ModelFolder.WEIGHTS));
    }

    @Test
    void aFreshModelKnowsNothing() {
        ReferenceModel reference = small();
        try (LanguageModel model = LanguageModel.initialise(reference.folder(), 1)) {
            double uniform = Math.log(model.configuration().vocabularySize());
            assertThat(model.loss(reference.batch(0, 8)).mean()).isCloseTo(uniform, within(0.1));
        }
    }

    @Test
    void trainingThatStopsAndGoesOnEndsWithTheSameBytes() throws IOException {
        ReferenceModel reference = small();
        Path middle = Files.createDirectory(temporary.resolve("middle"));
        byte[] undisturbed;
        try (LanguageModel model = reference.load();
                FineTuning tuning = new FineTuning(model, FineTuningSettings.DEFAULTS)) {
            train(tuning, reference, 0, 3);
            model.save(middle);
            tuning.saveState(middle.resolve("optimizer.safetensors"));
            train(tuning, reference, 3, 6);
            undisturbed = bytes(model, tuning, "undisturbed");
        }
        reference.folder().copyTokenizerFiles(middle);
        try (LanguageModel model = LanguageModel.load(ModelFolder.open(middle));
                FineTuning tuning = new FineTuning(model, FineTuningSettings.DEFAULTS)) {
            tuning.loadState(middle.resolve("optimizer.safetensors"));
            train(tuning, reference, 3, 6);
            assertThat(bytes(model, tuning, "resumed")).isEqualTo(undisturbed);
        }
    }

    private static void train(FineTuning tuning, ReferenceModel reference, int from, int to) {
        for (int step = from; step < to; step++) {
            tuning.step(List.of(reference.batch(8 * step, 8 * step + 8)), LEARNING_RATE);
        }
    }

    private byte[] bytes(LanguageModel model, FineTuning tuning, String name) throws IOException {
        Path folder = Files.createDirectory(temporary.resolve(name));
        model.save(folder);
        tuning.saveState(folder.resolve("optimizer.safetensors"));
        byte[] weights = Files.readAllBytes(folder.resolve(ModelFolder.WEIGHTS));
        byte[] state = Files.readAllBytes(folder.resolve("optimizer.safetensors"));
        byte[] both = Arrays.copyOf(weights, weights.length + state.length);
        System.arraycopy(state, 0, both, weights.length, state.length);
        return both;
    }
}
