package dev.apprentice.model.hub;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.folder.ModelFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Selects the files of a repository that make up the model; no other file is downloaded. */
final class ModelFiles implements FileChoice {

    static final ModelFiles ALL = new ModelFiles();


    private static final List<String> REQUIRED = List.of(ModelFolder.CONFIGURATION, ModelFolder.TOKENIZER);
    private static final Pattern SHARD = Pattern.compile("model-\\d{1,6}-of-(\\d{1,6})\\.safetensors");
    private static final Pattern PICKLED = Pattern.compile(".*\\.(bin|pth|pt|ckpt|pkl)");

    private ModelFiles() {}

    /**
     * Returns the files to download, weights last, so that errors in small files show before gigabytes are downloaded.
     *
     * @throws ModelException if the repository lacks one, or has its weights in a form that is not accepted
     */
    @Override
    public List<String> select(HubReference reference, List<String> files) {
        for (String name : REQUIRED) {
            if (!files.contains(name)) {
                throw new ModelException(reference + " has no " + name + ", and is thus no model that can be used here");
            }
        }
        List<String> selected = new ArrayList<>(REQUIRED);
        ModelFolder.COMPANIONS.stream()
                .filter(name -> files.contains(name) && !selected.contains(name))
                .forEach(selected::add);
        selected.addAll(weights(reference, files));
        return selected;
    }

    private static List<String> weights(HubReference reference, List<String> files) {
        if (files.contains(ModelFolder.WEIGHTS)) {
            return List.of(ModelFolder.WEIGHTS);
        }
        if (files.contains(ModelFolder.INDEX)) {
            List<String> sharded = new ArrayList<>(List.of(ModelFolder.INDEX));
            files.stream().filter(name -> SHARD.matcher(name).matches()).sorted().forEach(sharded::add);
            return sharded;
        }
        if (files.stream().anyMatch(name -> PICKLED.matcher(name).matches())) {
            throw new ModelException(reference + " has only pickled weights, which can execute any code when opened;"
                    + " choose a model or a revision with " + ModelFolder.WEIGHTS);
        }
        throw new ModelException(reference + " has no " + ModelFolder.WEIGHTS);
    }

    /** Tells whether these downloaded files are all that the model needs. */
    @Override
    public boolean complete(List<String> files) {
        if (!files.containsAll(REQUIRED)) {
            return false;
        }
        if (files.contains(ModelFolder.WEIGHTS)) {
            return true;
        }
        List<Matcher> shards = files.stream().map(SHARD::matcher).filter(Matcher::matches).toList();
        return files.contains(ModelFolder.INDEX)
                && !shards.isEmpty()
                && shards.size() == Integer.parseInt(shards.get(0).group(1));
    }
}
