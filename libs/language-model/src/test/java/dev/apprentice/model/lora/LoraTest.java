package dev.apprentice.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.family.ReferenceModel;
import dev.apprentice.model.family.ReferenceModel.Size;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.generation.Generated;
import dev.apprentice.model.generation.GenerationSettings;
import dev.apprentice.model.safetensors.SafetensorsFile;
import dev.apprentice.model.training.AdamWSettings;
import dev.apprentice.model.training.FineTuning;
import dev.apprentice.model.training.FineTuningSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares adapters in every family with dense matrix algebra on the weights. */
class LoraTest {

    private static final int[] IDS = {1, 2, 3, 40, 50, 60, 7, 8};

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"tiny-gpt2", "tiny-gptneox", "tiny-llama"})
    void aFreshAdapterChangesNothing(String name) {
        try (LanguageModel model = open(name).load();
                LanguageModel adapted = LanguageModel.load(ModelFolder.open(temporary))) {
            adapted.adapt(LoraSettings.of(4, "all-linear"));
            assertThat(adapted.logits(IDS)).isEqualTo(model.logits(IDS));
        }
    }

    /** Computes W + alpha / rank * B A from the files. */
    @ParameterizedTest
    @ValueSource(strings = {"tiny-gpt2", "tiny-gptneox", "tiny-llama"})
    void aTrainedAdapterAnswersAsTheWeightsWithItsChangeDo(String name) {
        ReferenceModel reference = open(name);
        Path saved = temporary.resolve("adapter");
        Path merged = temporary.resolve("merged");
        float[] logits;
        try (LanguageModel model = reference.load();
                FineTuning tuning = new FineTuning(model, LoraRuns.lora(0))) {
            LoraRuns.train(tuning, reference, 0, 4);
            logits = model.logits(IDS);
            assertThat(logits).isNotEqualTo(plainLogits(reference));
            model.saveAdapter(saved);
            model.save(merged);
            reference.folder().copyTokenizerFiles(merged);
            reference.folder().copyTokenizerFiles(saved);
        }
        boolean inputByOutput = name.equals("tiny-gpt2");
        try (AdapterFiles adapter = AdapterFiles.open(saved);
                SafetensorsFile base = SafetensorsFile.open(temporary.resolve(ModelFolder.WEIGHTS));
                SafetensorsFile written = SafetensorsFile.open(merged.resolve(ModelFolder.WEIGHTS))) {
            assertThat(adapter.modules()).hasSizeGreaterThan(5);
            for (String tensor : base.entries().keySet()) {
                float[] expected = AdapterFiles.floats(base, tensor);
                adapter.change(tensor, 2.0, inputByOutput).ifPresent(change -> {
                    assertThat(AdapterFiles.largest(change)).isGreaterThan(1e-4f);
                    AdapterFiles.add(expected, change);
                });
                assertThat(AdapterFiles.floats(written, tensor)).as(tensor).containsExactly(expected, within(1e-6f));
            }
        }
        assertLogits(merged, logits);
        assertLogits(saved, logits);
    }

    private void assertLogits(Path folder, float[] expected) {
        try (LanguageModel model = LanguageModel.load(ModelFolder.open(folder))) {
            assertThat(model.logits(IDS)).containsExactly(expected, within(1e-5f));
            List<int[]> prompts = List.of(IDS, new int[] {9, 8, 7});
            List<Generated> generated = model.generate(prompts, new GenerationSettings(10, Set.of()));
            model.mergeAdapter();
            assertThat(model.isAdapted()).isFalse();
            assertThat(model.logits(IDS)).containsExactly(expected, within(1e-5f));
            assertThat(model.generate(prompts, new GenerationSettings(10, Set.of()))).isEqualTo(generated);
        }
    }

    private static float[] plainLogits(ReferenceModel reference) {
        try (LanguageModel model = reference.load()) {
            return model.logits(IDS);
        }
    }

    /** With y = x (W + scale * B A), the chain rule gives dA = scale * B^T dW and dB = scale * dW A^T. */
    @ParameterizedTest
    @ValueSource(strings = {"tiny-gpt2", "tiny-gptneox", "tiny-llama"})
    void gradientsOfTheAdapterFollowFromThoseOfTheMergedWeights(String name) {
        ReferenceModel reference = open(name);
        List<Path> folders = List.of("before", "after", "merged", "learned").stream().map(temporary::resolve).toList();
        try (LanguageModel model = reference.load()) {
            try (FineTuning tuning = new FineTuning(model, LoraRuns.lora(0))) {
                LoraRuns.train(tuning, reference, 0, 3);
            }
            model.saveAdapter(folders.get(0));
            model.save(folders.get(2));
            try (FineTuning tuning = new FineTuning(model, LoraRuns.lora(0).withOptimizer(gradientDescent()))) {
                tuning.step(List.of(reference.batch(0, 4)), 1e4);
            }
            model.saveAdapter(folders.get(1));
        }
        reference.folder().copyTokenizerFiles(folders.get(2));
        try (LanguageModel model = LanguageModel.load(ModelFolder.open(folders.get(2)));
                FineTuning tuning =
                        new FineTuning(model, FineTuningSettings.DEFAULTS.withOptimizer(gradientDescent()))) {
            tuning.step(List.of(reference.batch(0, 4)), 1e4);
            model.save(folders.get(3));
        }
        try (AdapterFiles before = AdapterFiles.open(folders.get(0));
                AdapterFiles after = AdapterFiles.open(folders.get(1));
                SafetensorsFile merged = SafetensorsFile.open(folders.get(2).resolve(ModelFolder.WEIGHTS));
                SafetensorsFile learned = SafetensorsFile.open(folders.get(3).resolve(ModelFolder.WEIGHTS))) {
            for (String module : before.modules()) {
                double[][] dense = AdapterFiles.difference(
                        AdapterFiles.matrix(learned, module + ".weight"), AdapterFiles.matrix(merged, module + ".weight"));
                double[][] change = name.equals("tiny-gpt2") ? AdapterFiles.transposed(dense) : dense;
                double[][] a = before.a(module);
                double[][] b = before.b(module);
                assertClose(
                        AdapterFiles.difference(after.a(module), a),
                        AdapterFiles.product(AdapterFiles.transposed(b), change), 2.0);
                assertClose(
                        AdapterFiles.difference(after.b(module), b),
                        AdapterFiles.product(change, AdapterFiles.transposed(a)), 2.0);
            }
        }
    }

    private static void assertClose(double[][] actual, double[][] expected, double scale) {
        double largest = 0;
        double furthest = 0;
        for (int i = 0; i < expected.length; i++) {
            for (int j = 0; j < expected[i].length; j++) {
                largest = Math.max(largest, Math.abs(scale * expected[i][j]));
                furthest = Math.max(furthest, Math.abs(actual[i][j] - scale * expected[i][j]));
            }
        }
        assertThat(largest).isPositive();
        assertThat(furthest).isLessThan(2e-3 * largest + 1e-6);
    }

    /** With both betas 0 and a large epsilon, a step is the gradient times the learning rate over epsilon. */
    private static AdamWSettings gradientDescent() {
        return new AdamWSettings(0, 0, 0, 1e4, Optional.empty());
    }

    @Test
    void anAdapterWithOtherSettingsIsNotTrainedOn() {
        try (LanguageModel model = open("tiny-gpt2").load()) {
            model.adapt(LoraSettings.of(2, "c_attn"));
            assertThatThrownBy(() -> new FineTuning(model, FineTuningSettings.DEFAULTS.withLora(LoraSettings.of(4, "c_attn"))))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("rank=2")
                    .hasMessageContaining("rank=4");
            assertThatThrownBy(() -> new FineTuning(model, FineTuningSettings.DEFAULTS))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("merge the adapter first");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "q_proj | LoRA's target 'q_proj' matches no module of this gpt2 model; use attn.c_attn, attn.c_proj, mlp.c_fc,"
                + " mlp.c_proj (in each block), a whole name such as transformer.h.0.attn.c_attn, or all-linear",
        "lm_head | 'lm_head' matches no module",
        "ln_1 | 'ln_1' matches no module",
        ".*\\.h\\.7\\..* | '.*\\.h\\.7\\..*' matches no module",
        "*.c_attn | '*.c_attn' is neither a module's name nor a regular expression: Dangling meta character '*' at character 1",
        ".*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*Z | Z' takes too long to be compared with transformer.h.0.attn.c_attn; write a simpler"
    })
    void aPatternThatMeansNothingIsRefused(String pattern, String message) {
        try (LanguageModel model = open("tiny-gpt2").load()) {
            assertThatThrownBy(() -> model.adapt(LoraSettings.of(2, "c_attn", pattern)))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining(message);
            assertThat(model.isAdapted()).isFalse();
        }
    }

    private ReferenceModel open(String name) {
        return ReferenceModel.open(Size.SMALL, name, temporary);
    }
}
