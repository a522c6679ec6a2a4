package dev.apprentice.trainer.training;

import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.ModelSource;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.contracts.run.Training.Lora;
import dev.apprentice.model.Device;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.Precision;
import dev.apprentice.model.folder.CheckpointFiles;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.lora.LoraSettings;
import dev.apprentice.model.training.AdamWSettings;
import dev.apprentice.model.training.FineTuningSettings;
import dev.apprentice.model.training.WeightDecay;
import dev.apprentice.trainer.checkpoint.SavedCheckpoint;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Translates a run's settings into those of the language model. */
final class Tuning {

    /** PEFT's name for all matrices of the blocks. */
    private static final List<String> ALL_MATRICES = List.of("all-linear");

    private Tuning() {}

    static FineTuningSettings settings(Training training) {
        return new FineTuningSettings(
                new AdamWSettings(
                        training.weightDecay(),
                        training.beta1(),
                        training.beta2(),
                        training.epsilon(),
                        training.maxGradientNorm(),
                        WeightDecay.valueOf(training.weightDecayOn().name())),
                Precision.valueOf(training.precision().name()),
                training.lora().map(lora -> adapter(lora, training.seed())),
                training.activationCheckpointing(),
                training.labelSmoothing(),
                training.tokensPerBatch().map(OptionalInt::of).orElseGet(OptionalInt::empty));
    }

    private static LoraSettings adapter(Lora lora, long seed) {
        List<String> targets = lora.targets().isEmpty() ? ALL_MATRICES : lora.targets();
        return new LoraSettings(lora.rank(), lora.alpha(), lora.dropout(), targets, seed);
    }

    /** Loads the model of the checkpoint, or the base model if there is none. */
    static LanguageModel load(Run run, ModelFolder base, Optional<SavedCheckpoint> from, Device device) {
        Training training = run.specification().training();
        if (from.isPresent() && training.lora().isEmpty()) {
            return LanguageModel.load(ModelFolder.open(from.get().folder()), device);
        }
        LanguageModel model = run.specification().model().start() == ModelSource.Start.RANDOM
                ? LanguageModel.initialise(base, training.seed(), device)
                : LanguageModel.load(base, device);
        try {
            if (training.lora().isEmpty()) {
                model.mergeAdapter(); // if the base is an adapter's folder: all weights are tuned
            }
            from.ifPresent(checkpoint -> model.loadAdapter(
                    CheckpointFiles.adapter(checkpoint.folder(), training.lora().orElseThrow().merge())));
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }
}
