package dev.apprentice.lab.licences;

import java.util.List;

/**
 * A library of a package, from its SBOM.
 *
 * @param name {@code group:name}
 * @param licences SPDX identifiers, or names if the library gives no identifier; a user may choose any of them
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
