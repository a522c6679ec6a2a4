package dev.apprentice.service.storage;

/**
 * A file in an object store, as it was when it was listed or found.
 *
 * @param uri its URI
 * @param name its path below the listed folder
 * @param bytes its size in bytes
 * @param version the store's ETag, which changes with the contents
 */
public record StoredFile(StorageUri uri, String name, long bytes, String version) {}
