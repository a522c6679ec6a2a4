package dev.apprentice.dataset.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.apprentice.contracts.Json;
import dev.apprentice.dataset.batches.PreparationException;
import dev.apprentice.service.files.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * A stream run's state on disk: ordered tables of JSON values. Only a few pages are in memory, however many examples there are.
 *
 * <pre>
 * state.mv         the tables as of the last {@link #commit}
 * redo.json        the changes of the last {@link #prepare}
 * </pre>
 *
 * Changes are visible at once and durable from {@link #commit} on. Not thread-safe.
 *
 * @see <a href="https://www.h2database.com/html/mvstore.html">MVStore</a>
 */
final class StreamStore implements AutoCloseable {

    private static final int CACHE_MEGABYTES = 4;
    private static final int COMMITS_BETWEEN_COMPACTIONS = 256;
    private static final int COMPACT_BELOW_PERCENT = 50;
    private static final int COMPACT_BYTES = 8 << 20;

    /** A changed value; empty if it was removed. */
    private record Change(StoreTable table, String key, Optional<byte[]> value) {

        Change {
            value = value == null ? Optional.empty() : value;
        }
    }

    private record TableKey(StoreTable table, String key) {}

    private final Path folder;
    private final Path redo;
    private final MVStore store;
    private final Map<StoreTable, MVMap<String, byte[]>> tables = new EnumMap<>(StoreTable.class);
    private final Map<TableKey, Change> changes = new LinkedHashMap<>();
    private int commits;

    /** @param store closed together with this */
    StreamStore(Path folder, MVStore store) {
        this.folder = folder;
        this.redo = folder.resolve("redo.json");
        this.store = store;
        for (StoreTable table : StoreTable.values()) {
            tables.put(table, store.openMap(table.name(), new MVMap.Builder<String, byte[]>()
                    .keyType(StringDataType.INSTANCE)
                    .valueType(ByteArrayDataType.INSTANCE)));
        }
    }

    /**
     * Opens the state in a folder, and creates it if there is none.
     *
     * @throws IOException if the files cannot be read or written, or are in use
     * @throws PreparationException if they are damaged
     */
    static StreamStore open(Path folder) throws IOException {
        DurableFiles.createFolder(folder);
        try {
            return new StreamStore(folder, openFile(folder.resolve("state.mv").toString()));
        } catch (MVStoreException e) {
            if (e.getErrorCode() == DataUtils.ERROR_FILE_CORRUPT) {
                throw new PreparationException("the run's state in " + folder + " is damaged (" + e.getMessage()
                        + "); start a run of another name, or restore the folder to what it was when the run stopped");
            }
            throw cannot("opened", folder, e);
        }
    }

    static MVStore openFile(String name) {
        return new MVStore.Builder()
                .fileName(name)
                .autoCommitDisabled()
                .autoCommitBufferSize(0) // or many changes would become durable before their commit
                .cacheSize(CACHE_MEGABYTES)
                .open();
    }

    static IOException cannot(String what, Path folder, Exception e) {
        Throwable cause = e.getCause() instanceof IOException ? e.getCause() : e; // the disk's own message
        return new IOException("the run's state in " + folder + " cannot be " + what + ": " + cause.getMessage(), e);
    }

    <T> Optional<T> get(StoreTable table, String key, Class<T> type) {
        return Optional.ofNullable(tables.get(table).get(key)).map(json -> read(json, type));
    }

    boolean has(StoreTable table, String key) {
        return tables.get(table).containsKey(key);
    }

    void put(StoreTable table, String key, Object value) {
        byte[] json = write(value);
        tables.get(table).put(key, json);
        changes.put(new TableKey(table, key), new Change(table, key, Optional.of(json)));
    }

    void remove(StoreTable table, String key) {
        if (tables.get(table).remove(key) != null) {
            changes.put(new TableKey(table, key), new Change(table, key, Optional.empty()));
        }
    }

    /** Returns a number by name; 0 if it was never set. */
    long number(String name) {
        return get(StoreTable.NUMBERS, name, Long.class).orElse(0L);
    }

    void setNumber(String name, long value) {
        put(StoreTable.NUMBERS, name, value);
    }

    /** Returns the names of the numbers with this prefix. */
    List<String> numbers(String prefix) {
        List<String> names = new ArrayList<>();
        Iterator<String> from = tables.get(StoreTable.NUMBERS).keyIterator(prefix);
        while (from.hasNext()) {
            String name = from.next();
            if (!name.startsWith(prefix)) {
                break;
            }
            names.add(name);
        }
        return names;
    }

    long size(StoreTable table) {
        return tables.get(table).sizeAsLong();
    }

    /** Returns the first keys in order, at most {@code count}. */
    List<String> firstKeys(StoreTable table, int count) {
        List<String> keys = new ArrayList<>();
        Iterator<String> all = tables.get(table).keyIterator(null);
        while (keys.size() < count && all.hasNext()) {
            keys.add(all.next());
        }
        return keys;
    }

    /** Returns the key at a place in the order, from 0. */
    String keyAt(StoreTable table, long place) {
        return tables.get(table).getKey(place);
    }

    /** Tells whether anything changed since the last commit. */
    boolean isChanged() {
        return !changes.isEmpty();
    }

    /** Writes the changes since the last commit to the redo file. They are on disk when this returns. */
    void prepare() throws IOException {
        try {
            DurableFiles.write(redo, Json.MAPPER.writeValueAsBytes(new ArrayList<>(changes.values())));
        } catch (IOException e) {
            throw cannot("written", folder, e);
        }
    }

    /** Makes the changes durable. */
    void commit() throws IOException {
        try {
            store.commit();
            if (++commits % COMMITS_BETWEEN_COMPACTIONS == 0) {
                store.compact(COMPACT_BELOW_PERCENT, COMPACT_BYTES); // nothing else frees the space of earlier commits
            }
            store.sync();
        } catch (MVStoreException e) {
            throw cannot("written", folder, e);
        }
        changes.clear();
    }

    /**
     * Applies the changes of the last {@link #prepare} if its transaction happened. Idempotent.
     *
     * @param number name of a number that the transaction changes
     * @param happened tells by the number's prepared value whether the transaction happened
     */
    void redo(String number, Predicate<Long> happened) throws IOException {
        if (!Files.exists(redo)) {
            return;
        }
        List<Change> prepared = Json.MAPPER.readValue(redo.toFile(), new TypeReference<>() {});
        Optional<Long> value = prepared.stream()
                .filter(change -> change.table() == StoreTable.NUMBERS && change.key().equals(number))
                .flatMap(change -> change.value().stream())
                .map(json -> read(json, Long.class))
                .findFirst();
        if (value.filter(happened).isPresent()) {
            for (Change change : prepared) {
                change.value().ifPresentOrElse(
                        json -> tables.get(change.table()).put(change.key(), json),
                        () -> tables.get(change.table()).remove(change.key()));
            }
            commit();
        }
    }

    private static byte[] write(Object value) {
        try {
            return Json.MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T read(byte[] json, Class<T> type) {
        try {
            return Json.MAPPER.readValue(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the store and discards what was not committed. */
    @Override
    public void close() {
        store.closeImmediately();
    }
}
