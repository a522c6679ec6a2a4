package dev.apprentice.cli.command.option;

import dev.apprentice.cli.terminal.Screen;
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
 * Models and checkpoints in an object store, as folders on this machine. The settings are the services' own, such as
 * {@code APPRENTICE_STORAGE_ENDPOINT}, or properties of Java.
 */
public final class StoredFolders {

    private static final String PREFIX = "apprentice.storage.";

    /** Guarded by this class. One for all that a command fetches. */
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

    /** From now on, models that adapters belong to are read from the store, too. */
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
            throw new CommandException("One of the settings APPRENTICE_STORAGE_… cannot be used: " + e.getMessage() + ".", e);
        }
    }

    /** Why nothing can be kept in or read from there. Empty where its bucket may be used. @param place such as {@code s3://bucket/folder} */
    public static Optional<String> trouble(String place) {
        try {
            new ObjectStorage(Settings.now()).requireBucket(StorageUri.parse(place));
            return Optional.empty();
        } catch (StorageException | IllegalArgumentException | TypeConversionException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Fetches what is not here yet. @throws CommandException if there is none, or the store cannot be asked */
    public static Path fetch(String location, Screen screen) {
        connect();
        screen.print("Fetching " + location + ".");
        try {
            return ModelLocation.store().fetch(location);
        } catch (ModelException | UncheckedIOException e) {
            throw new CommandException(e.getMessage() + ".", e);
        }
    }
}
