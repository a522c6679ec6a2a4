/** Files in an object store, named by {@code s3:} URIs: listed, read, written with their digests, deleted, and kept here for a while. */
package dev.apprentice.service.storage;
