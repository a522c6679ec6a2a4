package dev.apprentice.trainer.checkpoint;

import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.DataSource.Source;
import dev.apprentice.contracts.run.RunSpecification;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.model.hub.HubReference;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The README.md of a model, with the metadata that the Hugging Face hub reads.
 *
 * <p>It holds no time, so the same training writes the same card.
 */
final class ModelCard {

    private ModelCard() {}

    static String of(Run run, TrainingState state) {
        RunSpecification specification = run.specification();
        Training training = specification.training();
        return """
                ---
                library_name: %s
                pipeline_tag: text-generation
                base_model: %s
                tags:
                - instruction-tuning
                ---
                # %s, step %d

                %s Apprentice's run `%s`, dataset `%s`, prompt style `%s`.

                | | |
                |---|---|
                | epochs begun | %s |
                | optimizer steps | %d |
                | tokens seen | %d |
                | training loss | %s |
                | validation loss | %s |
                | batch size | %d |
                | learning rate | %s, %s |
                | weight decay | %s |
                | seed | %d |%s

                The prompt format is in `chat_template.jinja`. It is known to work for single-turn instructions; what it
                knows beyond its dataset is what the base model knew.
                """
                .formatted(
                        training.lora().map(lora -> !lora.merge()).orElse(false) ? "peft" : "transformers",
                        baseName(specification),
                        run.run(),
                        state.step(),
                        state.step() == 0 ? "The base model, before instruction tuning." : "Instruction-tuned.",
                        run.run(),
                        specification.data().dataset(),
                        specification.data().promptStyle(),
                        specification.data().source() == Source.STREAM
                                ? "none, it learns from a stream"
                                : state.epoch() + " of " + training.epochs(),
                        state.step(),
                        state.tokensSeen(),
                        loss(state.trainLoss()),
                        loss(state.validationLoss()),
                        training.batchSize(),
                        training.learningRate(),
                        training.schedule().name().toLowerCase(Locale.ROOT),
                        training.weightDecay(),
                        training.seed(),
                        state.base().map(version -> "\n| base model | " + version + " |").orElse(""));
    }

    /** Returns the base model's name on the hub, or its folder's name without the path on the trainer's disk. */
    private static String baseName(RunSpecification specification) {
        if (specification.model().location().startsWith(HubReference.PREFIX)) {
            return HubReference.parse(specification.model().location()).repository();
        }
        Path name = Path.of(specification.model().location()).getFileName();
        return name == null ? "unnamed" : name.toString();
    }

    private static String loss(Optional<Double> loss) {
        return loss.map(value -> String.format(Locale.ROOT, "%.4f", value)).orElse("not measured");
    }
}
