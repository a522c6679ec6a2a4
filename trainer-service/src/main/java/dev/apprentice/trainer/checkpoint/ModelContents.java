package dev.apprentice.trainer.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.contracts.run.PromptTemplate;
import dev.apprentice.contracts.run.Training.Lora;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.folder.CheckpointFiles;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.gguf.ChatTemplate;
import dev.apprentice.model.prompt.ModelPrompts;
import dev.apprentice.model.tokenizer.TokenizerJson;
import dev.apprentice.model.training.FineTuning;
import dev.apprentice.model.training.UnsavedTensors;
import dev.apprentice.prompts.PromptStyle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The current model in Hugging Face layout, which transformers, vLLM and llama.cpp's converter open unchanged. */
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

    /**
     * Returns the contents of a checkpoint for this state. With LoRA that is the adapter, which names its base model, and also
     * the merged weights if the run asks for them.
     */
    public CheckpointContents at(TrainingState state) {
        Optional<Lora> lora = run.specification().training().lora();
        return new Moment(
                state,
                lora.isEmpty() || lora.get().merge() ? Optional.of(model.weights()) : Optional.empty(),
                lora.map(settings -> model.adapterWeights()),
                fineTuning.state());
    }

    private void write(Moment moment, Path folder, Path optimizerState) throws IOException {
        boolean merge = moment.weights.isPresent();
        moment.weights.ifPresent(weights -> model.save(folder, weights));
        moment.adapter.ifPresent(weights -> model.saveAdapter(CheckpointFiles.adapter(folder, merge), weights));
        moment.optimizer.write(optimizerState);
        base.copyTokenizerFiles(folder); // before the files that are written below, which take precedence
        DataSource data = run.specification().data();
        PromptStyle style = ModelPrompts.style(base, data.promptStyle(), data.promptTemplate().map(PromptTemplate::text));
        String template = style.chatTemplate(model.borders().beginOfText(), model.borders().endOfText());
        ChatTemplate.write(folder, template);
        Files.writeString(folder.resolve("generation_config.json"), generationConfiguration(style));
        Files.writeString(folder.resolve("README.md"), ModelCard.of(run, moment.state), StandardCharsets.UTF_8);
    }

    /** Returns the ids that end an answer. The prompt style's own id comes first. */
    private List<Integer> ends(PromptStyle style) {
        Set<Integer> ends = new LinkedHashSet<>();
        ModelPrompts.format(base, style, run.begunAt()).end().ifPresent(name ->
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

    /** The contents at one state of the run. */
    private final class Moment implements CheckpointContents {

        private final TrainingState state;
        private final Optional<UnsavedTensors> weights;
        private final Optional<UnsavedTensors> adapter;
        private final UnsavedTensors optimizer;

        private Moment(
                TrainingState state,
                Optional<UnsavedTensors> weights,
                Optional<UnsavedTensors> adapter,
                UnsavedTensors optimizer) {
            this.state = state;
            this.weights = weights;
            this.adapter = adapter;
            this.optimizer = optimizer;
        }

        @Override
        public void write(Path folder, Path optimizerState) throws IOException {
            ModelContents.this.write(this, folder, optimizerState);
        }

        @Override
        public CheckpointContents held() {
            List<UnsavedTensors> held = new ArrayList<>();
            try {
                return new Moment(state, weights.map(all -> hold(all, held)), adapter.map(all -> hold(all, held)), hold(optimizer, held));
            } catch (RuntimeException | Error e) {
                held.forEach(UnsavedTensors::close);
                throw e;
            }
        }

        @Override
        public long bytes() {
            return Stream.concat(Stream.concat(weights.stream(), adapter.stream()), Stream.of(optimizer))
                    .mapToLong(UnsavedTensors::bytes)
                    .sum();
        }

        private static UnsavedTensors hold(UnsavedTensors tensors, List<UnsavedTensors> held) {
            held.add(tensors.held());
            return held.get(held.size() - 1);
        }

        @Override
        public void close() {
            weights.ifPresent(UnsavedTensors::close);
            adapter.ifPresent(UnsavedTensors::close);
            optimizer.close();
        }
    }
}
