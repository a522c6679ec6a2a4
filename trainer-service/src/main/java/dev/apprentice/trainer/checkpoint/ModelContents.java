package dev.apprentice.trainer.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.Run;
import dev.apprentice.contracts.Training.Lora;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.training.FineTuning;
import dev.apprentice.prompts.PromptStyle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The model as it now is, in Hugging Face layout: what transformers, vLLM or llama.cpp's converter open unchanged. */
public final class ModelContents {

    private final Run run;
    private final ModelFolder base;
    private final LanguageModel model;
    private final FineTuning fineTuning;

    public ModelContents(Run run, ModelFolder base, LanguageModel model, FineTuning fineTuning) {
        this.run = run;
        this.base = base;
        this.model = model;
        this.fineTuning = fineTuning;
    }

    /** What to write for this moment of the training. */
    public CheckpointContents at(TrainingState state) {
        return (folder, optimizerState) -> {
            saveModel(folder);
            fineTuning.saveState(optimizerState);
            base.copyTokenizerFiles(folder); // before the files that the training settles itself
            Files.writeString(folder.resolve("generation_config.json"), generationConfiguration());
            Files.writeString(
                    folder.resolve("chat_template.jinja"),
                    PromptStyle.of(run.specification().data().promptStyle())
                            .chatTemplate(model.borders().beginOfText(), model.borders().endOfText()));
            Files.writeString(folder.resolve("README.md"), ModelCard.of(run, state), StandardCharsets.UTF_8);
        };
    }

    /** With LoRA, the adapter, which names the base model it belongs to; and where it is asked for, the merged weights. */
    private void saveModel(Path folder) {
        Optional<Lora> lora = run.specification().training().lora();
        if (lora.isEmpty() || lora.get().merge()) {
            model.save(folder);
        }
        lora.ifPresent(settings -> model.saveAdapter(CheckpointFiles.adapter(folder, settings.merge())));
    }

    private String generationConfiguration() {
        ObjectNode configuration = Json.MAPPER.createObjectNode();
        configuration.put("do_sample", false);
        List<Integer> ends = model.configuration().endsOfText();
        configuration.set("eos_token_id", Json.MAPPER.valueToTree(ends.size() == 1 ? ends.get(0) : ends));
        configuration.put("pad_token_id", model.configuration().endOfText());
        configuration.put("max_new_tokens", run.specification().generation().maxNewTokens());
        return configuration.toPrettyString() + "\n";
    }
}
