package dev.apprentice.lab.licences;

import java.util.List;

/**
 * One library of a package, as its SBOM has it.
 *
 * @param name {@code group:name}
 * @param licences SPDX identifiers, or names where the library gives one that is none; its user chooses among them
 */
public record Component(String name, String version, List<String> licences) implements Comparable<Component> {

    public Component {
        licences = List.copyOf(licences);
    }

    @Override
    public int compareTo(Component other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : version.compareTo(other.version);
    }
}
