package dev.apprentice.contracts.event;

import dev.apprentice.contracts.Require;

/**
 * What a run's examples are.
 *
 * @param name the dataset's name
 * @param version counted from 1, one more whenever its examples changed
 * @param lineage {@code sha256:} and a digest over the examples and over how they were read: equal where both are
 */
public record DatasetVersion(String name, int version, String lineage) {

    public DatasetVersion {
        Require.name(name, "dataset.name");
        Require.atLeast(1, version, "dataset.version");
        Require.text(lineage, "dataset.lineage");
    }

    /** For people. */
    public String inWords() {
        return name + " version " + version + ", " + lineage;
    }
}
