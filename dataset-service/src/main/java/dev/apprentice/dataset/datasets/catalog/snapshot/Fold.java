package dev.apprentice.dataset.datasets.catalog.snapshot;

import dev.apprentice.dataset.datasets.catalog.snapshot.ChangeLog.ChangesAtPlaces;
import dev.apprentice.dataset.datasets.example.ExampleLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * Merges changes into a dataset's examples. Corrected examples stay in their places, and withdrawn ones are left out. New ones
 * follow in the order in which they were first named.
 *
 * <p>The newest change of each example is looked up in a temporary file, so memory does not grow with the number of changes.
 */
public final class Fold implements AutoCloseable {

    private static final int CACHE_MEGABYTES = 8;
    private static final int UNSAVED_KILOBYTES = 4 << 10;

    private final Path temporary;
    private final MVStore store;
    private final MVMap<String, Long> newest;
    private final ChangeLog changes;

    /** @param temporary path for a file, which is deleted at the end */
    public Fold(ChangeLog changes, Path temporary) throws IOException {
        Files.deleteIfExists(temporary);
        this.changes = changes;
        this.temporary = temporary;
        this.store = new MVStore.Builder()
                .fileName(temporary.toString())
                .cacheSize(CACHE_MEGABYTES)
                .autoCommitBufferSize(UNSAVED_KILOBYTES)
                .open();
        this.newest = store.openMap(
                "newest",
                new MVMap.Builder<String, Long>().keyType(StringDataType.INSTANCE).valueType(LongDataType.INSTANCE));
    }

    /** Writes the merged examples. @param before the file of examples to change; empty if there are none yet */
    public void write(Optional<Path> before, SnapshotWriter writer) throws IOException {
        changes.forEach((place, change) -> newest.put(change.id(), place));
        try (ChangesAtPlaces places = changes.atPlaces()) {
            if (before.isPresent()) {
                ExampleLines.forEach(before.get(), example -> {
                    Long place = newest.remove(example.id());
                    if (place == null) {
                        writer.add(example);
                    } else {
                        add(places.at(place), writer);
                    }
                });
            }
            changes.forEach((anyPlace, change) -> {
                Long place = newest.remove(change.id());
                if (place != null) {
                    add(places.at(place), writer);
                }
            });
        }
    }

    private static void add(Change change, SnapshotWriter writer) throws IOException {
        if (change.example().isPresent()) {
            writer.add(change.example().get());
        }
    }

    @Override
    public void close() throws IOException {
        store.closeImmediately();
        Files.deleteIfExists(temporary);
    }
}
