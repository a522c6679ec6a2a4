package dev.apprentice.dataset.catalog;

import java.time.Instant;

/**
 * What is known of a dataset.
 *
 * @param name its name
 * @param version counted from 1, one more whenever its examples change
 * @param digest {@code sha256:} and the hexadecimal digest of its examples as kept
 * @param examples how many there are
 * @param duplicates how many of them say the same as an earlier one
 * @param source where they came from: {@code upload}, an address, or a topic
 * @param updatedAt when they last changed
 */
public record Dataset(
        String name, int version, String digest, int examples, int duplicates, String source, Instant updatedAt) {}
