package dev.apprentice.service.storage;

/**
 * A file in an object store, as it was when its folder was listed.
 *
 * @param uri where it lies
 * @param name its path below the folder that was listed
 * @param bytes its size
 * @param version the store's mark of its contents (ETag): another one for other contents
 */
public record StoredFile(StorageUri uri, String name, long bytes, String version) {}
