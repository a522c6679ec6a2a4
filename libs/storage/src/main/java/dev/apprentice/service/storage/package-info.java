/** Lists, reads, writes and deletes files in an object store, which are named by {@code s3:} URIs, and caches copies of them. */
package dev.apprentice.service.storage;
