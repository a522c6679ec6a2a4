package dev.apprentice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.apprentice.model.family.ReferenceModel;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.generation.GenerationSettings;
import dev.apprentice.model.lora.LoraSettings;
import dev.apprentice.model.training.FineTuning;
import dev.apprentice.model.training.FineTuningSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On a graphics card the same comes out as on the CPU, up to rounding. */
@OnGpu
class GpuTest {

    private static final int[] IDS = {1, 2, 3, 40, 50, 60, 7, 8};
    private static final Device GPU = Device.gpu(0);
    private static final LoraSettings LORA = new LoraSettings(4, 8, 0, List.of("all-linear"), 1);

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"tiny-gpt2", "tiny-gptneox", "tiny-llama"})
    void logitsAndContinuationsAreThoseOfTheCpu(String name) {
        ModelFolder folder = open(name).folder();
        List<int[]> prompts = List.of(new int[] {1, 2, 3}, new int[] {9, 8, 7, 6, 5});
        GenerationSettings settings = new GenerationSettings(12, Set.of());
        try (LanguageModel expected = LanguageModel.load(folder);
                LanguageModel model = LanguageModel.load(folder, GPU)) {
            assertThat(model.logits(IDS)).containsExactly(expected.logits(IDS), within(1e-4f));
            assertThat(model.generate(prompts, settings)).isEqualTo(expected.generate(prompts, settings));
        }
    }

    @ParameterizedTest
    @CsvSource({"tiny-gpt2, false", "tiny-gptneox, false", "tiny-llama, true"})
    void trainingLearnsWhatItDoesOnTheCpu(String name, boolean checkpointing) {
        FineTuningSettings settings = FineTuningSettings.DEFAULTS.withActivationCheckpointing(checkpointing);
        assertSameLosses(open(name), settings, 1e-3);
        assertSameLosses(open(name), settings.withLora(LORA), 1e-3);
        assertSameLosses(open(name), settings.withPrecision(Precision.BFLOAT16), 2e-2);
    }

    private static void assertSameLosses(ReferenceModel reference, FineTuningSettings settings, double tolerance) {
        try (LanguageModel expected = LanguageModel.load(reference.folder());
                LanguageModel model = LanguageModel.load(reference.folder(), GPU);
                FineTuning tuningExpected = new FineTuning(expected, settings);
                FineTuning tuning = new FineTuning(model, settings)) {
            for (int step = 0; step < 4; step++) {
                List<TokenBatch> batches =
                        List.of(reference.batch(4 * step, 4 * step + 3), reference.batch(4 * step + 3, 4 * step + 4));
                assertThat(tuning.step(batches, 1e-3).loss())
                        .isCloseTo(tuningExpected.step(batches, 1e-3).loss(), within(tolerance));
            }
        }
    }

    @Test
    void whatIsSavedGoesOnThere() {
        ReferenceModel reference = open("tiny-gpt2");
        Path state = temporary.resolve("state");
        List<TokenBatch> batch = List.of(reference.batch(0, 4));
        try (LanguageModel model = LanguageModel.load(reference.folder(), GPU);
                FineTuning tuning = new FineTuning(model, FineTuningSettings.DEFAULTS.withLora(LORA))) {
            tuning.step(batch, 1e-2);
            model.saveAdapter(temporary.resolve("adapter"));
            model.save(temporary.resolve("merged"));
            tuning.saveState(state);
            double next = tuning.step(batch, 1e-2).loss();
            double afterwards = tuning.step(batch, 1e-2).loss();
            reference.folder().copyTokenizerFiles(temporary.resolve("merged"));
            try (LanguageModel again = LanguageModel.load(ModelFolder.open(temporary.resolve("adapter")), GPU);
                    LanguageModel merged = LanguageModel.load(ModelFolder.open(temporary.resolve("merged")), GPU);
                    FineTuning goingOn = new FineTuning(again, FineTuningSettings.DEFAULTS.withLora(LORA))) {
                goingOn.loadState(state);
                assertThat(merged.loss(batch.get(0)).mean()).isCloseTo(next, within(1e-4));
                assertThat(goingOn.step(batch, 1e-2).loss()).isCloseTo(next, within(1e-5));
                assertThat(goingOn.step(batch, 1e-2).loss()).isCloseTo(afterwards, within(1e-4));
            }
        }
    }

    private ReferenceModel open(String name) {
        return ReferenceModel.open(ReferenceModel.Size.SMALL, name, temporary);
    }
}
