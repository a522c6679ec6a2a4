package dev.apprentice.model.hub;

/**
 * A file of one state of a repository.
 *
 * @param reference the repository
 * @param commit the state
 * @param name such as {@code config.json}
 * @param etag the hub's name for its contents: their SHA-256, or their Git blob id
 * @param size in bytes
 */
record HubFile(HubReference reference, String commit, String name, String etag, long size) {}
