package dev.apprentice.cli.command.option;

import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.cli.terminal.Words;
import dev.apprentice.local.CommandException;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.hub.ModelLocation;
import dev.apprentice.model.hub.ModelStore;
import dev.apprentice.service.storage.FolderCache;
import dev.apprentice.service.storage.ObjectStorage;
import dev.apprentice.service.storage.StorageException;
import dev.apprentice.service.storage.StorageSettings;
import dev.apprentice.service.storage.StorageUri;
import dev.apprentice.service.storage.StoredModels;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.TypeConversionException;

/**
 * Fetches models and checkpoints from an object store into folders of this machine. The settings are those of the services:
 * environment variables such as {@code APPRENTICE_STORAGE_ENDPOINT}, or system properties.
 */
public final class StoredFolders {

    private static final String PREFIX = "apprentice.storage.";

    /** The settings of the present connection; null before the first. Guarded by this class. */
    private static Settings used;

    private record Settings(Optional<URI> endpoint, Duration timeout, Path cache, long cacheMegabytes) implements StorageSettings {

        static Settings now() {
            return new Settings(
                    setting("endpoint").map(URI::create),
                    setting("timeout").map(new DurationConverter()::convert).orElse(Duration.ofMinutes(1)),
                    setting("cache").map(Path::of).orElse(Path.of(System.getProperty("user.home"), ".apprentice", "cache", "cli")),
                    setting("cache-megabytes").map(Long::valueOf).orElse(20_000L));
        }

        private static Optional<String> setting(String key) {
            String name = PREFIX + key;
            String variable = name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
            return Optional.ofNullable(System.getProperty(name)).or(() -> Optional.ofNullable(System.getenv(variable)))
                    .filter(value -> !value.isBlank());
        }
    }

    private StoredFolders() {}

    /**
     * Connects to the object store, so base models of adapters are read from it, too. Does nothing if it is connected with these
     * settings.
     */
    public static synchronized void connect() {
        try {
            Settings now = Settings.now();
            if (!now.equals(used)) {
                StoredModels models = new StoredModels(new ObjectStorage(now), new FolderCache(now));
                ModelLocation.readFrom(new ModelStore(
                        StorageUri::isOne, location -> models.fetch(location, true), models::location, models::version));
                used = now;
            }
        } catch (IllegalArgumentException | TypeConversionException e) {
            throw new CommandException("A setting APPRENTICE_STORAGE_… is invalid: " + e.getMessage() + ".", e);
        }
    }

    /** Returns why the bucket of this place cannot be used; empty if it can. @param place such as {@code s3://bucket/folder} */
    public static Optional<String> trouble(String place) {
        try {
            new ObjectStorage(Settings.now()).requireBucket(StorageUri.parse(place));
            return Optional.empty();
        } catch (StorageException | IllegalArgumentException | TypeConversionException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Returns the folder, fetched if it is not in the cache. @throws CommandException if it does not exist, or the store does not
     * respond
     */
    public static Path fetch(String location, Screen screen) {
        connect();
        screen.print("Downloading " + location + ".");
        try {
            return ModelLocation.store().fetch(location);
        } catch (ModelException | UncheckedIOException e) {
            throw new CommandException(Words.sentence(e), e);
        }
    }
}
