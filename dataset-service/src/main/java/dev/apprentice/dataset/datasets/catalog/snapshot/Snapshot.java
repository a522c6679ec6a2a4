package dev.apprentice.dataset.datasets.catalog.snapshot;

/**
 * What a written snapshot holds.
 *
 * @param sha256 the hexadecimal digest of the file
 * @param examples how many there are
 * @param duplicates how many of them say the same as an earlier one
 */
public record Snapshot(String sha256, int examples, int duplicates) {

    public String digest() {
        return "sha256:" + sha256;
    }
}
