package dev.apprentice.trainer.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.contracts.DataSource;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.PromptTemplate;
import dev.apprentice.contracts.Run;
import dev.apprentice.contracts.Training.Lora;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.gguf.ChatTemplate;
import dev.apprentice.model.prompt.ModelPrompts;
import dev.apprentice.model.tokenizer.TokenizerJson;
import dev.apprentice.model.training.FineTuning;
import dev.apprentice.prompts.PromptStyle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
            DataSource data = run.specification().data();
            PromptStyle style = ModelPrompts.style(base, data.promptStyle(), data.promptTemplate().map(PromptTemplate::text));
            String template = style.chatTemplate(model.borders().beginOfText(), model.borders().endOfText());
            ChatTemplate.write(folder, template);
            Files.writeString(folder.resolve("generation_config.json"), generationConfiguration(style));
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

    /** What ends an answer in the prompt style comes first. */
    private List<Integer> ends(PromptStyle style) {
        Set<Integer> ends = new LinkedHashSet<>();
        ModelPrompts.format(base, style, run.requestedAt()).end().ifPresent(name ->
                TokenizerJson.read(base.tokenizerFile()).id(name).ifPresent(ends::add));
        ends.addAll(model.configuration().endsOfText());
        return List.copyOf(ends);
    }

    private String generationConfiguration(PromptStyle style) {
        ObjectNode configuration = Json.MAPPER.createObjectNode();
        configuration.put("do_sample", false);
        List<Integer> ends = ends(style);
        configuration.set("eos_token_id", Json.MAPPER.valueToTree(ends.size() == 1 ? ends.get(0) : ends));
        configuration.put("pad_token_id", model.configuration().endOfText());
        configuration.put("max_new_tokens", run.specification().generation().maxNewTokens());
        return configuration.toPrettyString() + "\n";
    }
}
