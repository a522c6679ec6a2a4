package dev.apprentice.dataset.datasets.catalog.snapshot;

/**
 * Summary of a written snapshot.
 *
 * @param sha256 the hexadecimal digest of the file
 * @param examples number of examples
 * @param duplicates how many of them have the texts of an earlier one
 */
public record Snapshot(String sha256, int examples, int duplicates) {

    public String digest() {
        return "sha256:" + sha256;
    }
}
