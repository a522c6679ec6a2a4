package dev.apprentice.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.Precision;
import dev.apprentice.model.TokenBatch;
import dev.apprentice.model.family.ReferenceModel;
import dev.apprentice.model.family.ReferenceModel.Size;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.safetensors.SafetensorsFile;
import dev.apprentice.model.training.FineTuning;
import dev.apprentice.model.training.FineTuningSettings;
import dev.apprentice.model.training.StepMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trains adapters with each precision, with dropout, and with activation checkpointing. */
class LoraTrainingTest {

    @TempDir
    Path temporary;

    @ParameterizedTest
    @CsvSource({"tiny-gpt2, FLOAT32", "tiny-gptneox, FLOAT32", "tiny-llama, FLOAT32", "tiny-gpt2, BFLOAT16"})
    void theLossFallsAndTheWeightsStay(String name, Precision precision) throws IOException {
        ReferenceModel reference = open(name);
        try (LanguageModel model = reference.load();
                FineTuning tuning = new FineTuning(model, LoraRuns.lora(0.1).withPrecision(precision))) {
            double first = model.loss(reference.batch(0, 8)).mean();
            for (int step = 0; step < 12; step++) {
                tuning.step(List.of(reference.batch(0, 8)), LoraRuns.RATE);
            }
            assertThat(model.loss(reference.batch(0, 8)).mean()).isLessThan(first - 0.1);
            model.network().trainable().removeAdapter();
            model.save(temporary.resolve("base"));
        }
        assertThat(temporary.resolve("base").resolve(ModelFolder.WEIGHTS))
                .hasSameBinaryContentAs(temporary.resolve(ModelFolder.WEIGHTS));
    }

    @Test
    void bfloat16StaysCloseToFloat32() {
        ReferenceModel reference = open("tiny-gpt2");
        try (LanguageModel exact = reference.load();
                LanguageModel fast = reference.load();
                FineTuning tuningExact = new FineTuning(exact, LoraRuns.lora(0));
                FineTuning tuningFast = new FineTuning(fast, LoraRuns.lora(0).withPrecision(Precision.BFLOAT16))) {
            for (int step = 0; step < 5; step++) {
                List<TokenBatch> batch = List.of(reference.batch(4 * step, 4 * step + 4));
                StepMetrics expected = tuningExact.step(batch, 1e-3);
                StepMetrics actual = tuningFast.step(batch, 1e-3);
                assertThat(actual.loss()).isCloseTo(expected.loss(), within(5e-3)).isNotEqualTo(expected.loss());
                assertThat(actual.gradientNorm()).isCloseTo(expected.gradientNorm(), within(0.04 * expected.gradientNorm()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSameSeedGivesTheSameBytesAlsoWithDropoutAndWhenStoppedInBetween(boolean checkpointing) throws IOException {
        ReferenceModel reference = open("tiny-gpt2");
        FineTuningSettings settings = LoraRuns.lora(0.3).withActivationCheckpointing(checkpointing);
        byte[] undisturbed;
        try (LanguageModel model = reference.load();
                FineTuning tuning = new FineTuning(model, settings)) {
            LoraRuns.train(tuning, reference, 0, 2);
            model.saveAdapter(temporary.resolve("middle"));
            tuning.saveState(temporary.resolve("optimizer"));
            LoraRuns.train(tuning, reference, 2, 4);
            undisturbed = bytes(model);
        }
        try (LanguageModel model = reference.load();
                FineTuning tuning = new FineTuning(model, settings)) {
            LoraRuns.train(tuning, reference, 0, 4);
            assertThat(bytes(model)).isEqualTo(undisturbed);
        }
        reference.folder().copyTokenizerFiles(temporary.resolve("middle"));
        try (LanguageModel model = LanguageModel.load(ModelFolder.open(temporary.resolve("middle")));
                FineTuning tuning = new FineTuning(model, settings)) {
            tuning.loadState(temporary.resolve("optimizer"));
            LoraRuns.train(tuning, reference, 2, 4);
            assertThat(bytes(model)).isEqualTo(undisturbed);
        }
    }

    @Test
    void dropoutLeavesOutInputsInTrainingOnly() throws IOException {
        ReferenceModel reference = open("tiny-llama");
        try (LanguageModel model = reference.load()) {
            try (FineTuning tuning = new FineTuning(model, LoraRuns.lora(0))) {
                LoraRuns.train(tuning, reference, 0, 3);
            }
            model.saveAdapter(temporary.resolve("adapter"));
            double whole = model.loss(reference.batch(0, 8)).mean();
            try (FineTuning tuning = new FineTuning(model, LoraRuns.lora(0))) {
                assertThat(tuning.step(List.of(reference.batch(0, 8)), 0).loss()).isCloseTo(whole, within(1e-6));
            }
            // half of A's inputs are dropped, and the rest is scaled by two
            Path config = temporary.resolve("adapter").resolve(AdapterFolder.CONFIGURATION);
            Files.writeString(config, Files.readString(config).replace("\"lora_dropout\" : 0.0", "\"lora_dropout\" : 0.5"));
            model.loadAdapter(temporary.resolve("adapter"));
            assertThat(model.loss(reference.batch(0, 8)).mean()).isEqualTo(whole);
            try (FineTuning tuning = new FineTuning(model, LoraRuns.lora(0.5))) {
                double first = tuning.step(List.of(reference.batch(0, 8)), 0).loss();
                double second = tuning.step(List.of(reference.batch(0, 8)), 0).loss();
                assertThat(first).isNotEqualTo(whole).isNotEqualTo(second).isCloseTo(whole, within(0.2));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-gpt2", "tiny-gptneox", "tiny-llama"})
    void activationCheckpointingChangesNoBit(String name) throws IOException {
        ReferenceModel reference = open(name);
        // one block has no adapter, so no gradient flows below the other
        FineTuningSettings settings = FineTuningSettings.DEFAULTS.withLora(
                new LoraSettings(2, 4, 0.2, List.of(".*\\.1\\..*"), 7));
        byte[] expected = trained(reference, settings);
        assertThat(trained(reference, settings.withActivationCheckpointing(true))).isEqualTo(expected);
    }

    private byte[] trained(ReferenceModel reference, FineTuningSettings settings) throws IOException {
        try (LanguageModel model = reference.load();
                FineTuning tuning = new FineTuning(model, settings)) {
            LoraRuns.train(tuning, reference, 0, 3);
            return bytes(model);
        }
    }

    @Test
    void theOptimizerKeepsMomentsOfTheAdapterOnly() {
        ReferenceModel reference = open("tiny-gpt2");
        Path state = temporary.resolve("optimizer");
        try (LanguageModel model = reference.load();
                FineTuning tuning = new FineTuning(model, FineTuningSettings.DEFAULTS.withLora(LoraSettings.of(2, "c_attn")))) {
            tuning.step(List.of(reference.batch(0, 2)), LoraRuns.RATE);
            tuning.saveState(state);
        }
        try (SafetensorsFile file = SafetensorsFile.open(state)) {
            assertThat(file.entries().keySet()).containsExactlyInAnyOrder(
                    "step",
                    "exp_avg.transformer.h.0.attn.c_attn.lora_A.weight", "exp_avg.transformer.h.0.attn.c_attn.lora_B.weight",
                    "exp_avg.transformer.h.1.attn.c_attn.lora_A.weight", "exp_avg.transformer.h.1.attn.c_attn.lora_B.weight",
                    "exp_avg_sq.transformer.h.0.attn.c_attn.lora_A.weight", "exp_avg_sq.transformer.h.0.attn.c_attn.lora_B.weight",
                    "exp_avg_sq.transformer.h.1.attn.c_attn.lora_A.weight", "exp_avg_sq.transformer.h.1.attn.c_attn.lora_B.weight");
        }
    }

    private byte[] bytes(LanguageModel model) throws IOException {
        Path folder = Files.createTempDirectory(temporary, "bytes");
        model.saveAdapter(folder);
        return Files.readAllBytes(folder.resolve(AdapterFolder.WEIGHTS));
    }

    private ReferenceModel open(String name) {
        return ReferenceModel.open(Size.SMALL, name, temporary);
    }
}
