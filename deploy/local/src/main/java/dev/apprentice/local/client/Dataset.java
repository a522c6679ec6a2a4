package dev.apprentice.local.client;

/**
 * What dataset-service knows of a dataset.
 *
 * @param name its name
 * @param version counted from 1, one more whenever its examples change
 * @param examples how many there are
 */
public record Dataset(String name, int version, int examples) {}
