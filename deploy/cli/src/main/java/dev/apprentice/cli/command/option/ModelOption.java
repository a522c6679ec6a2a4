package dev.apprentice.cli.command.option;

import dev.apprentice.cli.terminal.DownloadBars;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.cli.terminal.Words;
import dev.apprentice.local.CommandException;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.hub.HubReference;
import dev.apprentice.model.hub.HubSettings;
import dev.apprentice.model.hub.ModelLocation;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A base model as the command line names it.
 *
 * @param text a folder, or {@code hf:organisation/name[@revision]}, or {@code s3://bucket/folder}
 */
public record ModelOption(String text) {

    private static final String STORE = "s3://";

    /** Checks that the text can name a model, before any service is asked. */
    public void requireUsable() {
        if (onHub()) {
            explained(() -> HubReference.parse(text));
        } else if (!isStored(text)) {
            folder();
        }
    }

    /** Returns the location at which services find the model; a model on the hub is downloaded first. */
    public String location(Screen screen) {
        if (isStored(text)) {
            return text;
        }
        return onHub()
                ? fetched(screen, explained(() -> HubSettings.fromEnvironment(System.getenv())))
                : folder().toString();
    }

    /** Returns the model's folder; a model on the hub or in an object store is downloaded first. */
    public Path folder(Screen screen) {
        requireUsable();
        if (isStored(text)) {
            return StoredFolders.fetch(text, screen);
        }
        if (!onHub()) {
            return folder();
        }
        try (DownloadBars bars = new DownloadBars(screen)) {
            return explained(() -> ModelLocation.open(text, bars).path());
        }
    }

    /** Tells whether the location is in an object store, which the services read themselves. */
    public static boolean isStored(String location) {
        return location.startsWith(STORE);
    }

    private boolean onHub() {
        return text.startsWith(HubReference.PREFIX);
    }

    private Path folder() {
        try {
            Path folder = UserPath.of(text);
            if (Files.isDirectory(folder)) {
                return folder.toAbsolutePath().normalize();
            }
        } catch (InvalidPathException e) {
            throw new CommandException("The model " + text + " is not a valid path (" + e.getReason() + "); --model names"
                    + " a folder.");
        }
        throw new CommandException("The model " + text + " is not a folder; --model takes a folder with config.json,"
                + " tokenizer.json and model.safetensors, a model on the hub as hf:organisation/name, or one in an object"
                + " store as s3://bucket/folder.");
    }

    /**
     * Downloads a model from the hub and returns its reference with the commit in place of the branch. So every service uses the
     * files of one commit, even without a network.
     */
    public String fetched(Screen screen, HubSettings settings) {
        return explained(() -> {
            HubReference reference = HubReference.parse(text);
            try (DownloadBars bars = new DownloadBars(screen)) {
                Path snapshot = ModelLocation.open(text, settings, bars).path();
                return new HubReference(reference.repository(), snapshot.getFileName().toString()).toString();
            }
        });
    }

    private static <T> T explained(Supplier<T> work) {
        try {
            return work.get();
        } catch (ModelException e) {
            throw new CommandException(Words.sentence(e), e);
        }
    }
}
