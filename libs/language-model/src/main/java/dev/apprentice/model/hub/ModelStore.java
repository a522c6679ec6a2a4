package dev.apprentice.model.hub;

import dev.apprentice.model.ModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Where models lie that are neither in a folder nor on the hub, such as an object store. A program that has one gives it to
 * {@link ModelLocation#readFrom}.
 */
public final class ModelStore {

    /** None. */
    public static final ModelStore NONE = new ModelStore(
            location -> false,
            location -> {
                throw new IllegalArgumentException(location);
            },
            folder -> Optional.empty(),
            folder -> Optional.empty());

    /** Fetches a model to a folder here. */
    @FunctionalInterface
    public interface Fetch {

        /**
         * @return the folder, which stays while it may be in use
         * @throws IllegalArgumentException if there is no model there
         * @throws IOException if it cannot be fetched now
         */
        Path fetch(String location) throws IOException;
    }

    private final Predicate<String> holds;
    private final Fetch fetch;
    private final Function<Path, Optional<String>> location;
    private final Function<Path, Optional<String>> version;

    /**
     * @param holds whether a location, as a user writes it, is one of the store
     * @param location where the model of a fetched folder lies in the store; empty for any other folder
     * @param version what tells the model of a fetched folder from others that were or will be at its place
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

    /** Whether a location, as a user writes it, is one of the store. */
    public boolean isIn(String model) {
        return holds.test(model);
    }

    /**
     * The folder of a model, which stays while it may be in use.
     *
     * @throws ModelException if there is none there
     * @throws UncheckedIOException if it cannot be fetched now
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

    /** Where the model of a fetched folder lies in the store; empty for any other folder. */
    public Optional<String> location(Path folder) {
        return location.apply(folder);
    }

    /** What tells the model of a fetched folder from others that were or will be at its place; empty for any other folder. */
    public Optional<String> version(Path folder) {
        return version.apply(folder);
    }
}
