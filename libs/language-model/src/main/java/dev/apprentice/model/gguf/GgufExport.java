package dev.apprentice.model.gguf;

import dev.apprentice.model.ModelConfiguration;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.family.Activation;
import dev.apprentice.model.family.Architecture;
import dev.apprentice.model.family.RotaryEmbedding;
import dev.apprentice.model.family.Weight;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.folder.ModelWeights;
import dev.apprentice.model.json.JsonFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a model as a GGUF file for llama.cpp: GPT-2 and Llama, laid out as llama.cpp's own converter does.
 *
 * @see <a href="https://github.com/ggml-org/llama.cpp/blob/master/convert_hf_to_gguf.py">llama.cpp's converter</a>
 */
public final class GgufExport {

    /** llama.cpp has one activation function for each family. */
    private static final Map<String, Activation> ACTIVATIONS =
            Map.of("gpt2", Activation.GELU_TANH, "llama", Activation.SILU);

    private static final int MOSTLY_BF16 = 32;

    private final ModelFolder folder;
    private final Architecture architecture;
    private final String family;

    private GgufExport(ModelFolder folder) {
        this.folder = folder;
        this.architecture = folder.architecture();
        this.family = folder.configuration().modelType();
    }

    /**
     * Writes it. Matrices keep their type, F32, F16 or BF16; the rest is widened to F32.
     *
     * @throws ModelException if llama.cpp could not run the model or would run it otherwise, the folder holds an adapter
     *     only, or the disk refuses
     */
    public static void write(ModelFolder folder, Path file) {
        new GgufExport(folder).write(file);
    }

    private void write(Path file) {
        requireSupported();
        try (ModelWeights weights = folder.weights()) {
            List<GgufTensor> tensors = new ArrayList<>();
            List<Double> divisors = divisors();
            if (divisors.stream().anyMatch(divisor -> Math.abs(divisor - 1) > 1e-9)) {
                tensors.add(ExportedWeight.rotaryDivisors(divisors));
            }
            for (int i = 0; i < architecture.weights().size(); i++) {
                tensors.add(new ExportedWeight(folder, weights, i).tensor());
            }
            GgufWriter.write(file, metadata(tensors), tensors);
        }
    }

    private void requireSupported() {
        if (folder.base().isPresent()) {
            throw unsupported("holds an adapter only; save it merged with its model first");
        }
        Activation activation = ACTIVATIONS.get(family);
        if (activation == null) {
            throw unsupported("is of model_type '" + family + "', and only gpt2 and llama can be");
        }
        if (!architecture.activation().equals(activation)) {
            throw unsupported("has another activation function than the one which llama.cpp has for " + family);
        }
    }

    private Map<String, GgufValue> metadata(List<GgufTensor> tensors) {
        ModelConfiguration configuration = folder.configuration();
        Map<String, GgufValue> metadata = new LinkedHashMap<>();
        metadata.put("general.architecture", new GgufValue.Text(family));
        metadata.put("general.name", new GgufValue.Text(String.valueOf(folder.path().toAbsolutePath().getFileName())));
        metadata.put("general.file_type", GgufValue.uint32(fileType(tensors)));
        put(metadata, "block_count", configuration.layers());
        put(metadata, "context_length", configuration.contextLength());
        put(metadata, "embedding_length", configuration.width());
        put(metadata, "feed_forward_length", inner());
        put(metadata, "attention.head_count", constant("heads"));
        GgufValue epsilon = GgufValue.float32((double) architecture.constants().get("norm_epsilon"));
        if (family.equals("llama")) {
            put(metadata, "attention.head_count_kv", constant("kv_heads"));
            put(metadata, "attention.key_length", constant("head_width"));
            put(metadata, "attention.value_length", constant("head_width"));
            put(metadata, "rope.dimension_count", constant("head_width"));
            put(metadata, "vocab_size", configuration.vocabularySize());
            metadata.put("llama.rope.freq_base", GgufValue.float32(RotaryEmbedding.base(folder.configurationFile())));
            metadata.put("llama.attention.layer_norm_rms_epsilon", epsilon);
        } else {
            metadata.put("gpt2.attention.layer_norm_epsilon", epsilon);
        }
        ExportedTokens.put(JsonFile.read(folder.path().resolve(ModelFolder.TOKENIZER)), configuration, metadata);
        return metadata;
    }

    private void put(Map<String, GgufValue> metadata, String key, long value) {
        metadata.put(family + "." + key, GgufValue.uint32(value));
    }

    private int constant(String name) {
        return (int) architecture.constants().get(name);
    }

    /** The width of the hidden layer of a block's second part. */
    private long inner() {
        Weight weight = architecture.weights().stream()
                .filter(candidate -> candidate.name().endsWith("h.0.mlp.c_fc.bias")
                        || candidate.name().endsWith("layers.0.mlp.gate_proj.weight"))
                .findFirst()
                .orElseThrow();
        return weight.shape().get(0);
    }

    /** What llama.cpp shows as the file's type: that of the token embedding. */
    private static int fileType(List<GgufTensor> tensors) {
        GgufType type = tensors.stream()
                .filter(tensor -> tensor.name().equals("token_embd.weight"))
                .map(GgufTensor::type)
                .findFirst()
                .orElseThrow();
        return type == GgufType.BF16 ? MOSTLY_BF16 : type.id();
    }

    /** By how much each pair of elements turns slower than it would without rope scaling; empty without rotary positions. */
    private List<Double> divisors() {
        if (!(architecture.constants().get("inverse_frequencies") instanceof List<?> frequencies)) {
            return List.of();
        }
        int width = constant("head_width");
        if (frequencies.size() * 2 != width) {
            throw unsupported("rotates a part of each head only");
        }
        double base = RotaryEmbedding.base(folder.configurationFile());
        List<Double> divisors = new ArrayList<>();
        for (int pair = 0; pair < frequencies.size(); pair++) {
            divisors.add(Math.pow(base, -2.0 * pair / width) / (double) frequencies.get(pair));
        }
        return divisors;
    }

    private ModelException unsupported(String why) {
        return new ModelException("the model in " + folder.path() + " cannot be written as GGUF: it " + why);
    }
}
