package dev.apprentice.model.hub;

import dev.apprentice.model.folder.ModelFolder;
import java.nio.file.Path;

/** The location of a model as a user writes it: a folder, {@code hf:organisation/name@revision}, or a location in a store. */
public final class ModelLocation {

    private static volatile ModelStore store = ModelStore.NONE;

    private ModelLocation() {}

    /** Adds a store from which models are read from now on. */
    public static void readFrom(ModelStore models) {
        store = models;
    }

    /** Returns the store from which models are read, besides folders and the hub. */
    public static ModelStore store() {
        return store;
    }

    /**
     * Opens a model; downloads it first if it is on the hub. HF_ENDPOINT, HF_TOKEN, HF_HOME, HF_HUB_CACHE and HF_HUB_OFFLINE have
     * their meaning in Python's huggingface_hub, and the cache is shared with it.
     *
     * @throws dev.apprentice.model.ModelException if it cannot be downloaded, or the folder is no model
     */
    public static ModelFolder open(String location, DownloadListener listener) {
        return open(location, HubSettings.fromEnvironment(System.getenv()), listener);
    }

    /** Opens a model with other settings than the environment's. */
    public static ModelFolder open(String location, HubSettings settings, DownloadListener listener) {
        if (store.isIn(location)) {
            return ModelFolder.open(store.fetch(location), base -> fetch(base, settings, listener));
        }
        Path folder = location.startsWith(HubReference.PREFIX) ? fetch(location, settings, listener) : Path.of(location);
        return ModelFolder.open(folder, base -> fetch(base, settings, listener));
    }

    /**
     * Returns the folder of a model on the hub, and downloads the files that are not in the cache.
     *
     * @param location {@code hf:name@revision}
     */
    public static Path fetch(String location, HubSettings settings, DownloadListener listener) {
        return new Hub(settings).fetch(HubReference.parse(location), listener);
    }
}
