package dev.apprentice.lab.licences;

import dev.apprentice.local.CommandException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The licences that a library may have. A line of the list is an SPDX identifier, or {@code GROUP:NAME = LICENCE} for a library
 * that names no licence or no SPDX identifier. The licence after the equals sign must be allowed, too, or be {@code NOASSERTION},
 * which accepts that library without a licence. Text after a {@code #} is a comment.
 *
 * @param licences SPDX identifiers
 * @param known by {@code group:name}, the licence of a library that does not name it properly
 */
public record AllowedLicences(Set<String> licences, Map<String, String> known) {

    /** SPDX's identifier for an unknown licence. */
    private static final String UNKNOWN = "NOASSERTION";

    public AllowedLicences {
        licences = Set.copyOf(licences);
        known = Map.copyOf(known);
    }

    /** Reads a list. @throws CommandException with the line that cannot be read */
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

    /** Returns why a library may not be in a package, and what to do; empty if it may. */
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
