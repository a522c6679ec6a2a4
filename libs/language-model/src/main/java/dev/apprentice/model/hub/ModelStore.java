package dev.apprentice.model.hub;

import dev.apprentice.model.ModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A place for models other than folders and the hub, such as an object store. A program that has one passes it to
 * {@link ModelLocation#readFrom}.
 */
public final class ModelStore {

    /** A store without models. */
    public static final ModelStore NONE = new ModelStore(
            location -> false,
            location -> {
                throw new IllegalArgumentException(location);
            },
            folder -> Optional.empty(),
            folder -> Optional.empty());

    /** Downloads a model to a folder on this machine. */
    @FunctionalInterface
    public interface Fetch {

        /**
         * @return the folder, which is kept while it may be in use
         * @throws IllegalArgumentException if there is no model at the location
         * @throws IOException if it cannot be downloaded now
         */
        Path fetch(String location) throws IOException;
    }

    private final Predicate<String> holds;
    private final Fetch fetch;
    private final Function<Path, Optional<String>> location;
    private final Function<Path, Optional<String>> version;

    /**
     * @param holds tells whether a location, as a user writes it, is in the store
     * @param location returns the location of a downloaded folder's model in the store; empty for any other folder
     * @param version returns an id that distinguishes a downloaded folder's model from earlier and later ones at its location
     */
    public ModelStore(
            Predicate<String> holds,
            Fetch fetch,
            Function<Path, Optional<String>> location,
            Function<Path, Optional<String>> version) {
        this.holds = holds;
        this.fetch = fetch;
        this.location = location;
        this.version = version;
    }

    /** Tells whether a location, as a user writes it, is in the store. */
    public boolean isIn(String model) {
        return holds.test(model);
    }

    /**
     * Returns the folder of a model, which is kept while it may be in use.
     *
     * @throws ModelException if there is no model at the location
     * @throws UncheckedIOException if it cannot be downloaded now
     */
    public Path fetch(String model) {
        try {
            return fetch.fetch(model);
        } catch (IllegalArgumentException e) {
            throw new ModelException("the model cannot be used: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Returns the location of a downloaded folder's model in the store; empty for any other folder. */
    public Optional<String> location(Path folder) {
        return location.apply(folder);
    }

    /**
     * Returns an id that distinguishes a downloaded folder's model from earlier and later ones at its location; empty for any
     * other folder.
     */
    public Optional<String> version(Path folder) {
        return version.apply(folder);
    }
}
