package dev.apprentice.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.apprentice.model.Device;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.Precision;
import dev.apprentice.model.TokenBatch;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.network.Target;
import dev.apprentice.model.safetensors.SafetensorsFile;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FineTuningTest {

    private static final TokenBatch BATCH = new TokenBatch(
            new int[] {10, 11, 12, 13, 256, 20, 21, 256}, new int[] {5, 3}, new int[] {2, 1}, false);

    @TempDir
    Path temporary;

    private ModelFolder folder;

    @BeforeEach
    void open() {
        folder = ModelFolder.open(Fixtures.modelFolder("tiny-gpt2", temporary));
    }

    @Test
    void lossFallsAndAccuracyRisesOnABatchSeenAgainAndAgain() {
        try (LanguageModel model = LanguageModel.load(folder);
                FineTuning tuning = new FineTuning(model, settings(Optional.empty()))) {
            StepMetrics first = tuning.step(List.of(BATCH), 5e-3);
            for (int step = 0; step < 40; step++) {
                tuning.step(List.of(BATCH), 5e-3);
            }
            StepMetrics last = tuning.step(List.of(BATCH), 5e-3);
            assertThat(first.loss()).isCloseTo(Math.log(257), within(0.6));
            assertThat(last.loss()).isLessThan(0.1);
            assertThat(last.tokenAccuracy()).isEqualTo(1);
            assertThat(last.tokens()).isEqualTo(6);
            assertThat(last.seconds()).isPositive();
            assertThat(last.tokensPerSecond()).isEqualTo(6 / last.seconds());
        }
    }

    /** With beta 1 = beta 2 = 0 and a large epsilon, a step is proportional to the clipped gradient. */
    @Test
    void clippingScalesTheGradientsToTheNorm() {
        double norm;
        float[] unclipped;
        try (LanguageModel model = LanguageModel.load(folder);
                FineTuning tuning = new FineTuning(model, proportional(Optional.empty()))) {
            float[] before = headBias(model);
            norm = tuning.step(List.of(BATCH), 1).gradientNorm();
            unclipped = difference(headBias(model), before);
        }
        try (LanguageModel model = LanguageModel.load(folder);
                FineTuning tuning = new FineTuning(model, proportional(Optional.of(norm / 4)))) {
            float[] before = headBias(model);
            assertThat(tuning.step(List.of(BATCH), 1).gradientNorm()).isEqualTo(norm);
            float[] clipped = difference(headBias(model), before);
            for (int i = 0; i < clipped.length; i++) {
                assertThat(clipped[i]).isCloseTo(unclipped[i] / 4, within(1e-6f));
            }
        }
    }

    /**
     * With smoothed labels, the gradient is a weighted mean of the target's gradient and of the mean gradient over all tokens of
     * the vocabulary as targets. The latter comes from one batch with each token as a target.
     */
    @ParameterizedTest
    @EnumSource
    void smoothedLabelsShareTheGradientWithTheWholeVocabulary(Target target) {
        TokenBatch one = new TokenBatch(new int[] {10, 11, 42}, new int[] {3}, new int[] {2}, true);
        int[] tokens = IntStream.range(0, 257).flatMap(last -> IntStream.of(10, 11, last)).toArray();
        int[] lengths = new int[257];
        int[] prompts = new int[257];
        Arrays.fill(lengths, 3);
        Arrays.fill(prompts, 2);
        float[] ofTarget = gradient(one, 0, target);
        float[] ofAll = gradient(new TokenBatch(tokens, lengths, prompts, true), 0, target);
        float[] smoothed = gradient(one, 0.25, target);
        for (int i = 0; i < smoothed.length; i++) {
            assertThat(smoothed[i]).isCloseTo(0.75f * ofTarget[i] + 0.25f * ofAll[i], within(1e-5f));
        }
        assertThat(norm(smoothed)).isLessThan(0.9 * norm(ofTarget));
    }

    /** With beta 1 = 0, the first moments after a step are its gradients. */
    @ParameterizedTest
    @EnumSource
    void passesOfSoManyTokensHaveTheLossAndTheGradientsOfTheWholeStep(Target target) {
        TokenBatch other = new TokenBatch(
                new int[] {10, 11, 30, 31, 256, 40, 41, 42, 43, 44, 256}, new int[] {5, 6}, new int[] {2, 2}, false);
        Map<String, float[]> whole = gradients(List.of(BATCH, other), target, Optional.empty());
        for (int tokens : new int[] {1, 6, 9, 1000}) { // 4 passes, 3, 2 and 1
            Map<String, float[]> inPasses = gradients(List.of(BATCH, other), target, Optional.of(tokens));
            assertThat(inPasses).containsOnlyKeys(whole.keySet());
            whole.forEach((name, expected) ->
                    assertThat(inPasses.get(name)).as("%s in passes of %d", name, tokens).containsExactly(expected, within(1e-6f)));
        }
    }

    /** Returns the gradients by name, and under the name loss the losses of the step and of an evaluation. */
    private Map<String, float[]> gradients(List<TokenBatch> batches, Target target, Optional<Integer> tokensPerBatch) {
        FineTuningSettings settings = FineTuningSettings.DEFAULTS.withOptimizer(new AdamWSettings(0, 0, 0, 1e4, Optional.empty()));
        Path state = temporary.resolve("state.safetensors");
        try (LanguageModel model = LanguageModel.load(folder, Device.CPU, target);
                FineTuning tuning = new FineTuning(model, tokensPerBatch.map(settings::withTokensPerBatch).orElse(settings))) {
            double evaluated = tuning.loss(batches, () -> {}).mean();
            double loss = tuning.step(batches, 1).loss();
            tuning.saveState(state);
            Map<String, float[]> found = new HashMap<>(Map.of("loss", new float[] {(float) loss, (float) evaluated}));
            try (SafetensorsFile file = SafetensorsFile.open(state)) {
                file.entries().keySet().stream().filter(name -> name.startsWith("exp_avg.")).forEach(name -> {
                    FloatBuffer buffer = file.data(name).asFloatBuffer();
                    float[] floats = new float[buffer.remaining()];
                    buffer.get(floats);
                    found.put(name, floats);
                });
            }
            assertThat(found).hasSizeGreaterThan(10);
            return found;
        }
    }

    private static double norm(float[] of) {
        return Math.sqrt(IntStream.range(0, of.length).mapToDouble(i -> of[i] * of[i]).sum());
    }

    /** Returns the negative gradient of the last norm's bias. */
    private float[] gradient(TokenBatch batch, double labelSmoothing, Target target) {
        try (LanguageModel model = LanguageModel.load(folder, Device.CPU, target);
                FineTuning tuning = new FineTuning(model, proportional(Optional.empty()).withLabelSmoothing(labelSmoothing))) {
            float[] before = headBias(model);
            tuning.step(List.of(batch), 1);
            return difference(headBias(model), before);
        }
    }

    private static FineTuningSettings proportional(Optional<Double> maxNorm) {
        return FineTuningSettings.DEFAULTS.withOptimizer(new AdamWSettings(0, 0, 0, 1e4, maxNorm));
    }

    private float[] headBias(LanguageModel model) {
        Path saved = temporary.resolve("saved");
        model.save(saved);
        try (SafetensorsFile weights = SafetensorsFile.open(saved.resolve(ModelFolder.WEIGHTS))) {
            FloatBuffer bias = weights.data("transformer.ln_f.bias").asFloatBuffer();
            float[] floats = new float[bias.remaining()];
            bias.get(floats);
            for (int i = 0; i < floats.length; i++) {
                floats[i] *= 1e4f;
            }
            return floats;
        }
    }

    private static float[] difference(float[] after, float[] before) {
        float[] difference = new float[after.length];
        for (int i = 0; i < after.length; i++) {
            difference[i] = after[i] - before[i];
        }
        return difference;
    }

    /** Decay subtracts the learning rate times the decay times the weight, for any gradient. */
    @ParameterizedTest
    @EnumSource
    void biasesAndNormsCanBeSparedTheDecay(Precision precision) {
        Map<String, float[]> undecayed = weightsAfterAStep(0, WeightDecay.ALL, precision);
        Map<String, float[]> all = weightsAfterAStep(0.5, WeightDecay.ALL, precision);
        Map<String, float[]> matrices = weightsAfterAStep(0.5, WeightDecay.MATRICES, precision);
        Map<String, float[]> before = weights(folder.path());
        assertThat(before.keySet()).contains("transformer.ln_f.weight", "transformer.wte.weight");
        before.forEach((name, start) -> {
            boolean vector = name.endsWith(".bias") || name.contains("ln_");
            for (int i = 0; i < start.length; i++) {
                float decay = 1e-2f * 0.5f * start[i];
                assertThat(all.get(name)[i]).as(name).isCloseTo(undecayed.get(name)[i] - decay, within(1e-6f));
                assertThat(matrices.get(name)[i])
                        .as(name)
                        .isCloseTo(undecayed.get(name)[i] - (vector ? 0 : decay), within(1e-6f));
            }
        });
    }

    private Map<String, float[]> weightsAfterAStep(double decay, WeightDecay on, Precision precision) {
        AdamWSettings optimizer = new AdamWSettings(decay, 0.9, 0.999, 1e-8, Optional.empty(), on);
        try (LanguageModel model = LanguageModel.load(folder);
                FineTuning tuning = new FineTuning(
                        model, FineTuningSettings.DEFAULTS.withOptimizer(optimizer).withPrecision(precision))) {
            tuning.step(List.of(BATCH), 1e-2);
            model.save(temporary.resolve("saved"));
        }
        return weights(temporary.resolve("saved"));
    }

    private static Map<String, float[]> weights(Path folder) {
        Map<String, float[]> weights = new HashMap<>();
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(ModelFolder.WEIGHTS))) {
            for (String name : file.entries().keySet()) {
                FloatBuffer elements = file.data(name).asFloatBuffer();
                float[] floats = new float[elements.remaining()];
                elements.get(floats);
                weights.put(name, floats);
            }
        }
        return weights;
    }

    @Test
    void stateOfAnotherModelIsRefused() throws IOException {
        Path state = temporary.resolve("optimizer.safetensors");
        Path other = Fixtures.modelFolder("tiny-gpt2", temporary.resolve("other"));
        Path config = other.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"n_layer\": 2", "\"n_layer\": 3"));
        try (LanguageModel model = LanguageModel.load(folder);
                FineTuning tuning = new FineTuning(model, settings(Optional.empty()));
                LanguageModel larger = LanguageModel.initialise(ModelFolder.open(other), 1);
                FineTuning tuningLarger = new FineTuning(larger, settings(Optional.empty()))) {
            tuning.saveState(state);
            assertThatThrownBy(() -> tuningLarger.loadState(state))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining(state.toString())
                    .hasMessageContaining("exp_avg.transformer.h.2.")
                    .hasMessageContaining("another model");
        }
    }

    @Test
    void twoModelsCanBeTunedSideBySide() {
        try (LanguageModel first = LanguageModel.load(folder);
                LanguageModel second = LanguageModel.load(folder);
                FineTuning tuningFirst = new FineTuning(first, settings(Optional.empty()));
                FineTuning tuningSecond = new FineTuning(second, settings(Optional.empty()))) {
            for (int step = 0; step < 3; step++) {
                StepMetrics of = tuningFirst.step(List.of(BATCH), 1e-3);
                assertThat(tuningSecond.step(List.of(BATCH), 1e-3))
                        .usingRecursiveComparison().ignoringFields("seconds").isEqualTo(of);
            }
        }
    }

    private static FineTuningSettings settings(Optional<Double> maxNorm) {
        return FineTuningSettings.DEFAULTS.withOptimizer(new AdamWSettings(0.1, 0.9, 0.999, 1e-8, maxNorm));
    }
}
