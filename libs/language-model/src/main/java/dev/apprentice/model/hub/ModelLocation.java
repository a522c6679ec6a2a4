package dev.apprentice.model.hub;

import dev.apprentice.model.folder.ModelFolder;
import java.nio.file.Path;

/** Where a model comes from, as a user writes it: a folder, {@code hf:organisation/name@revision}, or a place in a store. */
public final class ModelLocation {

    private static volatile ModelStore store = ModelStore.NONE;

    private ModelLocation() {}

    /** From now on, models are read from this store, too. */
    public static void readFrom(ModelStore models) {
        store = models;
    }

    /** The store that models are read from, too. */
    public static ModelStore store() {
        return store;
    }

    /**
     * Opens the model, after fetching it if it is on the hub. HF_ENDPOINT, HF_TOKEN, HF_HOME, HF_HUB_CACHE and
     * HF_HUB_OFFLINE mean what they mean to Python's huggingface_hub, and the cache is the same.
     *
     * @throws dev.apprentice.model.ModelException if it cannot be fetched, or the folder is no model
     */
    public static ModelFolder open(String location, DownloadListener listener) {
        return open(location, HubSettings.fromEnvironment(System.getenv()), listener);
    }

    /** Opens it with other settings than the environment's. */
    public static ModelFolder open(String location, HubSettings settings, DownloadListener listener) {
        if (store.isIn(location)) {
            return ModelFolder.open(store.fetch(location), base -> fetch(base, settings, listener));
        }
        Path folder = location.startsWith(HubReference.PREFIX) ? fetch(location, settings, listener) : Path.of(location);
        return ModelFolder.open(folder, base -> fetch(base, settings, listener));
    }

    /** The folder of a model on the hub, whose files are fetched if need be. @param location {@code hf:name@revision} */
    public static Path fetch(String location, HubSettings settings, DownloadListener listener) {
        return new Hub(settings).fetch(HubReference.parse(location), listener);
    }
}
