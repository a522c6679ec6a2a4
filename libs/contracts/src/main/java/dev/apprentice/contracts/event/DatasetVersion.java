package dev.apprentice.contracts.event;

import dev.apprentice.contracts.Require;

/**
 * The version of a dataset that a run learns from.
 *
 * @param name the dataset's name
 * @param version counted from 1, increased whenever the examples change
 * @param lineage {@code sha256:} and a digest of the examples and of the settings they were read with
 */
public record DatasetVersion(String name, int version, String lineage) {

    public DatasetVersion {
        Require.name(name, "dataset.name");
        Require.atLeast(1, version, "dataset.version");
        Require.text(lineage, "dataset.lineage");
    }

    /** Returns a description for people. */
    public String inWords() {
        return name + " version " + version + ", " + lineage;
    }
}
