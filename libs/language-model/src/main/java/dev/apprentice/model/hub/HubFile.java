package dev.apprentice.model.hub;

/**
 * A file at one commit of a repository.
 *
 * @param reference the repository
 * @param commit the commit
 * @param name such as {@code config.json}
 * @param etag the hub's id of the contents: their SHA-256, or their Git blob id
 * @param size in bytes
 */
record HubFile(HubReference reference, String commit, String name, String etag, long size) {}
