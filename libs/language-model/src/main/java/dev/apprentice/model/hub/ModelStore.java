package dev.apprentice.model.hub;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where models lie that are neither in a folder nor on the hub, such as an object store. A program that has one gives it to
 * {@link ModelLocation#readFrom}.
 */
public interface ModelStore {

    /** None. */
    ModelStore NONE = new ModelStore() {
        @Override
        public boolean isIn(String location) {
            return false;
        }

        @Override
        public Path fetch(String location) {
            throw new IllegalArgumentException(location);
        }

        @Override
        public Optional<String> location(Path folder) {
            return Optional.empty();
        }
    };

    /** Whether a location, as a user writes it, is one of the store. */
    boolean isIn(String location);

    /**
     * The folder of a model, which stays while it may be in use.
     *
     * @throws dev.apprentice.model.ModelException if there is none there
     * @throws java.io.UncheckedIOException if it cannot be fetched now
     */
    Path fetch(String location);

    /** Where the model of a fetched folder lies in the store; empty for any other folder. */
    Optional<String> location(Path folder);
}
