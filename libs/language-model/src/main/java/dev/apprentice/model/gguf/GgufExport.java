package dev.apprentice.model.gguf;

import dev.apprentice.model.ModelConfiguration;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.family.Architecture;
import dev.apprentice.model.family.Constants;
import dev.apprentice.model.family.RotaryEmbedding;
import dev.apprentice.model.family.Weight;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.folder.ModelWeights;
import dev.apprentice.model.json.JsonFile;
import dev.apprentice.model.lora.AdapterFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes a model as a GGUF file for llama.cpp, with the layout of llama.cpp's own converter.
 *
 * @see <a href="https://github.com/ggml-org/llama.cpp/blob/master/convert_hf_to_gguf.py">llama.cpp's converter</a>
 */
public final class GgufExport {

    /** The numbers of file types, by the type of most of a file's matrices. */
    private static final Map<GgufType, Integer> FILE_TYPES =
            Map.of(GgufType.F32, 0, GgufType.F16, 1, GgufType.Q8_0, 7, GgufType.BF16, 32);

    private static final Pattern PHI_3 = Pattern.compile("phi-?3", Pattern.CASE_INSENSITIVE);

    private final ModelFolder folder;
    private final Architecture architecture;
    private final LlamaCppFamily family;
    private final RotaryScaling scaling;

    private GgufExport(ModelFolder folder) {
        this.folder = folder;
        this.architecture = folder.architecture();
        String modelType = folder.configuration().modelType();
        this.family = LlamaCppFamily.of(modelType).orElseThrow(() -> unsupported(
                "is of model_type '" + modelType + "', and only " + LlamaCppFamily.modelTypes() + " can be"));
        this.scaling = RotaryScaling.of(folder);
    }

    /** Writes a model, each matrix in the type that it has in the model's files. */
    public static void write(ModelFolder folder, Path file) {
        write(folder, file, Optional.empty());
    }

    /**
     * Writes a model. Tensors that are not matrices are widened to F32.
     *
     * @param matrices the type of the matrices, F32, F16, BF16 or Q8_0; empty to keep each matrix's type. For Q8_0, a matrix whose
     *     rows are not a whole number of blocks of 32 becomes F16
     * @throws ModelException if llama.cpp cannot run the model or would compute something else, the folder holds an adapter, or
     *     the file cannot be written
     */
    public static void write(ModelFolder folder, Path file, Optional<GgufType> matrices) {
        new GgufExport(folder).write(file, matrices);
    }

    private void write(Path file, Optional<GgufType> matrices) {
        requireSupported();
        try (ModelWeights weights = folder.weights()) {
            List<GgufTensor> tensors = new ArrayList<>();
            if (!scaling.isNone() && hasDivisors()) {
                tensors.add(ExportedWeight.rotaryDivisors(scaling.divisors()));
            }
            for (int i = 0; i < architecture.weights().size(); i++) {
                tensors.add(new ExportedWeight(folder, family, weights, i).tensor(matrices));
            }
            if (family == LlamaCppFamily.GPT_NEOX && architecture.constants().tied()) {
                // llama.cpp requires a separate head for GPT-NeoX
                tensors.add(new ExportedWeight(folder, family, weights, 0).tensor("output.weight", matrices));
            }
            GgufWriter.write(file, metadata(tensors), tensors);
        }
    }

    private void requireSupported() {
        requireKnownLayers();
        if (AdapterFolder.isAt(folder.path())) {
            throw unsupported("holds an adapter; merge it with its model first");
        }
        if (!family.knows(architecture.activation())) {
            throw unsupported("has an activation function that llama.cpp does not support for "
                    + folder.configuration().modelType());
        }
        if (!scaling.isNone() && !hasDivisors() && !scaling.isLinear()) {
            throw unsupported("has a rope scaling that llama.cpp does not support for " + folder.configuration().modelType());
        }
        if (scaling.width() > 0 && scaling.width() != architecture.constants().heads().width() && !rotatesParts()) {
            throw unsupported("rotates a part of each head only");
        }
    }

    /**
     * Refuses layers that llama.cpp computes differently: it has no window for these families, and leaves every fourth layer of
     * SmolLM3 without positions.
     */
    private void requireKnownLayers() {
        architecture.constants().window().filter(there -> there.tokens() < folder.configuration().contextLength()).ifPresent(there -> {
            throw unsupported("has a sliding window of " + there.tokens() + " tokens, which llama.cpp does not support for "
                    + folder.configuration().modelType());
        });
        if (architecture.constants().own() instanceof Constants.Own.SmolLm3 own) {
            for (int layer = 0; layer < own.rotated().size(); layer++) {
                if (own.rotated().get(layer) == ((layer + 1) % 4 == 0)) {
                    throw unsupported("has layers without positions other than every fourth one, which llama.cpp does not support");
                }
            }
        }
    }

    /** Tells whether llama.cpp can rotate only a part of each head. */
    private boolean rotatesParts() {
        return family == LlamaCppFamily.GPT_NEOX || family == LlamaCppFamily.PHI3;
    }

    /** Tells whether llama.cpp accepts a divisor for each pair of rotated elements. */
    private boolean hasDivisors() {
        return family == LlamaCppFamily.LLAMA || family == LlamaCppFamily.MISTRAL;
    }

    private Map<String, GgufValue> metadata(List<GgufTensor> tensors) {
        ModelConfiguration configuration = folder.configuration();
        Map<String, GgufValue> metadata = new LinkedHashMap<>();
        metadata.put("general.architecture", new GgufValue.Text(family.architecture()));
        metadata.put("general.name", new GgufValue.Text(name()));
        metadata.put("general.file_type", GgufValue.uint32(fileType(tensors)));
        put(metadata, "block_count", configuration.layers());
        put(metadata, "context_length", configuration.contextLength());
        put(metadata, "embedding_length", configuration.width());
        put(metadata, "feed_forward_length", inner());
        put(metadata, "attention.head_count", architecture.constants().heads().count());
        putNorm(metadata);
        if (family.rotation() != LlamaCppFamily.Rotation.NONE) {
            put(metadata, "attention.head_count_kv", architecture.constants().heads().keyValues());
            put(metadata, "attention.key_length", architecture.constants().heads().width());
            put(metadata, "attention.value_length", architecture.constants().heads().width());
            put(metadata, "vocab_size", configuration.vocabularySize());
            putRotation(metadata);
        }
        if (architecture.constants().own() instanceof Constants.Own.GptNeoX own) {
            put(metadata, "use_parallel_residual", new GgufValue.Flag(own.parallelResidual()));
        }
        ExportedTokens.put(JsonFile.read(folder.path().resolve(ModelFolder.TOKENIZER)), configuration, metadata);
        ChatTemplate.of(folder.path()).ifPresent(template ->
                metadata.put("tokenizer.chat_template", new GgufValue.Text(template)));
        return metadata;
    }

    /**
     * Returns the folder's name, without "Phi-3". llama.cpp expects sentencepiece tokens of a model with that name. It fails
     * without them, and drops blanks after other tokens. The byte-level BPE that is written here needs neither.
     */
    private String name() {
        return PHI_3.matcher(String.valueOf(folder.path().toAbsolutePath().getFileName())).replaceAll("phi 3");
    }

    private void putNorm(Map<String, GgufValue> metadata) {
        boolean isLayerNorm = architecture.weights().stream().anyMatch(weight -> weight.name().matches(".*(norm|ln_f)\\.bias"));
        put(metadata, isLayerNorm ? "attention.layer_norm_epsilon" : "attention.layer_norm_rms_epsilon",
                GgufValue.float32(architecture.constants().normEpsilon()));
    }

    private void putRotation(Map<String, GgufValue> metadata) {
        put(metadata, "rope.dimension_count", scaling.width());
        put(metadata, "rope.freq_base", GgufValue.float32(RotaryEmbedding.base(folder.configurationFile())));
        if (!scaling.isNone() && !hasDivisors()) {
            put(metadata, "rope.scaling.type", new GgufValue.Text("linear"));
            put(metadata, "rope.scaling.factor", GgufValue.float32(scaling.factor()));
        }
    }

    private void put(Map<String, GgufValue> metadata, String key, long value) {
        put(metadata, key, GgufValue.uint32(value));
    }

    private void put(Map<String, GgufValue> metadata, String key, GgufValue value) {
        metadata.put(family.architecture() + "." + key, value);
    }

    /** Returns the width of the feed-forward part's hidden layer. */
    private long inner() {
        Weight down = architecture.weights().stream()
                .filter(candidate -> candidate.name().matches(".*\\.0\\.mlp\\.(c_proj|down_proj|dense_4h_to_h)\\.weight"))
                .findFirst()
                .orElseThrow();
        return down.shape().get(architecture.inputByOutput() ? 0 : 1);
    }

    /** Returns the file type that llama.cpp shows: that of the token embedding. */
    private static int fileType(List<GgufTensor> tensors) {
        return tensors.stream()
                .filter(tensor -> tensor.name().equals("token_embd.weight"))
                .map(tensor -> FILE_TYPES.get(tensor.type()))
                .findFirst()
                .orElseThrow();
    }

    private ModelException unsupported(String why) {
        return new ModelException("the model in " + folder.path() + " cannot be written as GGUF: it " + why);
    }
}
