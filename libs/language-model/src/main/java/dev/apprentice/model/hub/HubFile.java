package dev.apprentice.model.hub;

/**
 * A file of a repository.
 *
 * @param name such as {@code config.json}
 * @param etag the hub's name for its contents: their SHA-256, or their Git blob id
 * @param size in bytes
 */
record HubFile(String name, String etag, long size) {}
