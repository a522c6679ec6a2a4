package dev.apprentice.model.folder;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.family.Architecture;
import dev.apprentice.model.family.Weight;
import dev.apprentice.model.file.TensorEntry;
import dev.apprentice.model.json.JsonFile;
import dev.apprentice.model.network.Weights;
import dev.apprentice.model.safetensors.SafetensorsType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks that a model's files hold the weights that config.json describes, and nothing that contradicts it. */
final class WeightsCheck {

    /** The families' names for the head. */
    private static final List<String> HEADS = List.of("lm_head.weight", "embed_out.weight");

    /** Tensors of old files that are no weights: masks and tables, which are computed anew. */
    private static final String TABLES = ".*\\.(attn|attention)\\.(bias|masked_bias)|.*rotary_emb\\.inv_freq";

    private WeightsCheck() {}

    /**
     * @throws ModelException if a weight is missing or has another shape, or if the head is tied to the embedding but the files
     *     hold a different head
     */
    static void require(Architecture architecture, ModelWeights weights, JsonFile config) {
        Set<String> unused = new HashSet<>(weights.entries().keySet());
        for (Weight weight : architecture.weights()) {
            Weights.find(weights, weight, architecture.prefix(), config.path().getParent());
            unused.remove(weight.name());
            if (weight.name().startsWith(architecture.prefix())) {
                unused.remove(weight.name().substring(architecture.prefix().length()));
            }
        }
        unused.removeIf(name -> name.matches(TABLES));
        if (architecture.constants().tied()) {
            for (String head : HEADS) {
                if (unused.remove(head)) {
                    requireTied(head, architecture, weights, config);
                }
            }
        }
        if (!unused.isEmpty()) {
            config.warn("the weights contain " + unused.size() + " tensors that this model does not use, such as '"
                    + unused.stream().sorted().findFirst().orElseThrow() + "'; they are ignored, as in transformers");
        }
    }

    private static void requireTied(String head, Architecture architecture, ModelWeights weights, JsonFile config) {
        TensorEntry<SafetensorsType> embedding =
                Weights.find(weights, architecture.weights().get(0), architecture.prefix(), config.path().getParent());
        TensorEntry<SafetensorsType> own = weights.entries().get(head);
        boolean same = own.type() == embedding.type()
                && Arrays.equals(own.shape(), embedding.shape())
                && Arrays.equals(digest(weights, head), digest(weights, embedding.name()));
        if (!same) {
            throw new ModelException(config.path() + " says that the head is tied to the embedding ('tie_word_embeddings'), but"
                    + " the weights hold a '" + head + "' that differs from '" + embedding.name() + "'; set"
                    + " 'tie_word_embeddings' to false to use it, or remove it from the weights");
        }
    }

    private static byte[] digest(ModelWeights weights, String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            weights.parts(name).forEach(digest::update);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
