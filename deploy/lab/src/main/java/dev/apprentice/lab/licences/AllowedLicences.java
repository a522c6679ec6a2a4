package dev.apprentice.lab.licences;

import dev.apprentice.local.CommandException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which licences a library may have. A line is a licence's SPDX identifier, or {@code GROUP:NAME = LICENCE} for a library that
 * names none, or one by a name that is no identifier; the licence after it has to be allowed, too, or {@code NOASSERTION}, which
 * takes that library without one. What follows a {@code #} is a comment.
 *
 * @param licences SPDX identifiers
 * @param known the licence of a library that does not name it so, by {@code group:name}
 */
public record AllowedLicences(Set<String> licences, Map<String, String> known) {

    /** SPDX' word for a licence that is not known. */
    private static final String UNKNOWN = "NOASSERTION";

    public AllowedLicences {
        licences = Set.copyOf(licences);
        known = Map.copyOf(known);
    }

    /** @throws CommandException with the line that cannot be read */
    static AllowedLicences read(String file, List<String> lines) {
        Set<String> licences = new HashSet<>();
        Map<String, String> known = new HashMap<>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).replaceFirst("#.*", "").strip();
            if (line.matches("[A-Za-z0-9.+-]+")) {
                licences.add(line);
            } else if (line.matches("[^\\s:=]+:[^\\s:=]+\\s*=\\s*[A-Za-z0-9.+-]+")) {
                String[] parts = line.split("\\s*=\\s*");
                known.put(parts[0], parts[1]);
            } else if (!line.isEmpty()) {
                throw new CommandException("Line " + number + " of " + file + ", '" + line
                        + "', is neither an SPDX identifier, such as Apache-2.0, nor GROUP:NAME = IDENTIFIER.");
            }
        }
        return new AllowedLicences(licences, known);
    }

    /** Why a library may not be in a package, and what to do; empty where it may. */
    Optional<String> against(Component component) {
        String own = known.get(component.name());
        List<String> licences = own == null ? component.licences() : List.of(own);
        if (licences.stream().anyMatch(this.licences::contains) || UNKNOWN.equals(own)) {
            return Optional.empty();
        }
        return Optional.of(component.name() + " " + component.version() + " "
                + (licences.isEmpty() ? "names no licence" : "is under " + String.join(" or ", licences) + ", which is not allowed")
                + ". Allow the licence, write '" + component.name()
                + " = LICENCE' where you know it to be under another, or leave the library out.");
    }
}
