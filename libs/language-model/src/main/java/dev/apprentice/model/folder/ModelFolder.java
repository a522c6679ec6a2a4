package dev.apprentice.model.folder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.model.ModelConfiguration;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.family.Architecture;
import dev.apprentice.model.hub.DownloadListener;
import dev.apprentice.model.hub.HubSettings;
import dev.apprentice.model.hub.ModelLocation;
import dev.apprentice.model.json.JsonFile;
import dev.apprentice.model.lora.AdapterFolder;
import dev.apprentice.model.tokenizer.Tokenizer;
import dev.apprentice.model.tokenizer.TokenizerJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A model on disk in Hugging Face's layout: config.json, tokenizer.json and, unless it starts from random weights,
 * model.safetensors (or its shards with an index).
 */
public final class ModelFolder {

    public static final String CONFIGURATION = "config.json";
    public static final String TOKENIZER = "tokenizer.json";
    public static final String WEIGHTS = "model.safetensors";

    private static final String TOKENIZER_CONFIGURATION = "tokenizer_config.json";
    private static final String GENERATION_CONFIGURATION = "generation_config.json";

    private static final String WHAT_A_MODEL_IS =
            "a model is a folder with " + CONFIGURATION + ", " + TOKENIZER + " and " + WEIGHTS;

    /** The file that says which shard holds which tensor. */
    public static final String INDEX = "model.safetensors.index.json";

    /** The files besides weights and configuration that other programs need to use a checkpoint. */
    public static final List<String> COMPANIONS = List.of(
            TOKENIZER,
            TOKENIZER_CONFIGURATION,
            "special_tokens_map.json",
            "added_tokens.json",
            "vocab.json",
            "merges.txt",
            "tokenizer.model",
            GENERATION_CONFIGURATION,
            "chat_template.jinja");

    /** All files that are read from a model's folder, except for shards, which their index names. */
    private static final List<String> FILES = Stream.concat(
                    COMPANIONS.stream(),
                    Stream.of(CONFIGURATION, WEIGHTS, INDEX, AdapterFolder.CONFIGURATION, AdapterFolder.WEIGHTS))
            .toList();

    private static final String PICKLED = ".*\\.(bin|pth|pt|ckpt|pkl)";

    private final Path path;
    private final JsonFile config;
    private final Architecture architecture;
    private final TextBorders borders;
    private final TemplateTokens templateTokens;
    private final Optional<ModelFolder> base;

    private ModelFolder(Path path, JsonFile config, TokenizerJson tokens) {
        this.path = path;
        this.config = config;
        Optional<JsonFile> tokenizer = optional(path, TOKENIZER_CONFIGURATION);
        this.architecture = ConfigurationReader.read(
                config,
                vocabularySize -> EndsOfText.read(
                        config, optional(path, GENERATION_CONFIGURATION), tokenizer, tokens, vocabularySize));
        this.borders = TextBorders.of(tokens, architecture.configuration().endOfText());
        this.templateTokens = TemplateTokens.of(tokens, tokenizer);
        tokenizer.ifPresent(borders::warn);
        this.base = Optional.empty();
    }

    private ModelFolder(Path path, ModelFolder base) {
        this.path = path;
        this.config = base.config;
        this.architecture = base.architecture;
        this.borders = base.borders;
        this.templateTokens = base.templateTokens;
        this.base = Optional.of(base);
    }

    /**
     * Reads and checks config.json and tokenizer.json. A folder with only an adapter (adapter_config.json) stands for its base
     * model with that adapter. A base model on the hub is downloaded if it is not in the cache.
     *
     * @throws ModelException naming the missing file, the unsupported model_type or variant, or the vocabulary that does not fit
     *     the tokenizer
     */
    public static ModelFolder open(Path folder) {
        return open(folder, base -> ModelLocation.fetch(base, HubSettings.fromEnvironment(System.getenv()), DownloadListener.NONE));
    }

    /**
     * Reads and checks a folder like {@link #open(Path)}.
     *
     * @param hub downloads the base model of an adapter from the hub, {@code hf:name@revision}, and returns its folder
     */
    public static ModelFolder open(Path folder, Function<String, Path> hub) {
        if (!Files.isDirectory(folder)) {
            throw new ModelException(folder + " is not a folder; " + WHAT_A_MODEL_IS);
        }
        FILES.forEach(name -> FolderFiles.requireWithin(folder, name));
        if (AdapterFolder.isAt(folder) && !Files.exists(folder.resolve(CONFIGURATION))) {
            return new ModelFolder(folder, open(AdapterFolder.base(folder, hub)));
        }
        requireFile(folder, CONFIGURATION);
        requireFile(folder, TOKENIZER);
        TokenizerJson tokens = TokenizerJson.read(folder.resolve(TOKENIZER));
        ModelFolder opened = new ModelFolder(folder, JsonFile.read(folder.resolve(CONFIGURATION)), tokens);
        opened.requireVocabularyFits(tokens.largestId() + 1);
        return opened;
    }

    private static Optional<JsonFile> optional(Path folder, String name) {
        Path file = folder.resolve(name);
        return Files.isRegularFile(file) ? Optional.of(JsonFile.read(file)) : Optional.empty();
    }

    private static void requireFile(Path folder, String name) {
        if (!Files.isRegularFile(folder.resolve(name))) {
            throw lacks(folder, name);
        }
    }

    private static ModelException lacks(Path folder, String name) {
        return new ModelException("model folder " + folder + " lacks " + name + "; " + WHAT_A_MODEL_IS);
    }

    private void requireVocabularyFits(int ids) {
        if (ids > configuration().vocabularySize()) {
            throw new ModelException(path.resolve(TOKENIZER) + " has token ids up to " + (ids - 1)
                    + ", but the model knows only " + configuration().vocabularySize()
                    + " (vocab_size in config.json); they do not belong together");
        }
    }

    public Path path() {
        return path;
    }

    public ModelConfiguration configuration() {
        return architecture.configuration();
    }

    /** Returns the meaning of config.json: the weights it requires, and the program that runs them. */
    public Architecture architecture() {
        return architecture;
    }

    /** Returns the tokens that stand before and after a text, as chat templates write them. */
    public TextBorders borders() {
        return borders;
    }

    /** Returns the special tokens, as chat templates name them. */
    public TemplateTokens templateTokens() {
        return templateTokens;
    }

    /** Returns all of config.json, for fields that only one family has. */
    public JsonNode json() {
        return config.json();
    }

    /** Returns config.json with typed access to its fields. */
    public JsonFile configurationFile() {
        return config;
    }

    /** Returns a new tokenizer, which the caller must close. */
    public Tokenizer tokenizer() {
        return Tokenizer.load(tokenizerFile());
    }

    /** Returns the path of the tokenizer.json; an adapter without one uses its base model's. */
    public Path tokenizerFile() {
        Path own = path.resolve(TOKENIZER);
        return base.isPresent() && !Files.isRegularFile(own) ? base.get().tokenizerFile() : own;
    }

    /** Returns the base model, if this folder holds only an adapter. */
    public Optional<ModelFolder> base() {
        return base;
    }

    /**
     * @throws ModelException if there are no safetensors weights; if there are only pickled ones, the message says why they are
     *     refused
     */
    void requireWeights() {
        base.ifPresent(ModelFolder::requireWeights);
        if (base.isEmpty() && !Files.isRegularFile(path.resolve(WEIGHTS)) && !Files.isRegularFile(path.resolve(INDEX))) {
            throw pickled() ? refusedPickle() : lacks(path, WEIGHTS);
        }
    }

    private boolean pickled() {
        try (Stream<Path> files = Files.list(path)) {
            return files.anyMatch(file -> file.getFileName().toString().matches(PICKLED));
        } catch (IOException e) {
            throw new ModelException("model folder " + path + " cannot be read: " + e, e);
        }
    }

    private ModelException refusedPickle() {
        return new ModelException("model folder " + path + " has only pickled weights, which can execute any code when"
                + " opened; save the model as " + WEIGHTS + " first (save_pretrained in transformers does)");
    }

    /**
     * Opens the weights, which the caller must close.
     *
     * @throws ModelException if there are none, one of their files is damaged, the index and its shards disagree, or they do not
     *     match config.json
     */
    public ModelWeights weights() {
        requireWeights();
        if (base.isPresent()) {
            return base.get().weights();
        }
        Path single = path.resolve(WEIGHTS);
        ModelWeights weights = Files.isRegularFile(single)
                ? ModelWeights.single(single)
                : ModelWeights.sharded(ShardIndex.read(path.resolve(INDEX)));
        try {
            WeightsCheck.require(architecture, weights, config);
            return weights;
        } catch (RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    /**
     * Copies the tokenizer, the chat template and the generation settings, as far as this folder has them. Corrects the copy of
     * the tokenizer's configuration to what is done here: which token ends a row, and whether texts begin with a begin-of-text.
     */
    public void copyTokenizerFiles(Path target) {
        base.ifPresent(there -> there.copyTokenizerFiles(target));
        try {
            Files.createDirectories(target);
            for (String name : COMPANIONS) {
                Path file = path.resolve(name);
                if (Files.isRegularFile(file)) {
                    FolderFiles.requireWithin(path, name);
                    Files.copy(file, target.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Optional<JsonFile> copied = optional(target, TOKENIZER_CONFIGURATION);
            if (copied.isPresent() && borders.correct(copied.get())) {
                Files.writeString(copied.get().path(), copied.get().json().toPrettyString() + "\n");
            }
        } catch (IOException e) {
            throw new ModelException("the tokenizer's files cannot be copied from " + path + " to " + target + ": " + e, e);
        }
    }
}
