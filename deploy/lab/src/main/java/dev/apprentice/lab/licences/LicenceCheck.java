package dev.apprentice.lab.licences;

import dev.apprentice.local.CommandException;
import dev.apprentice.local.system.Member;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The check of the libraries in the services' packages against a list of licences.
 *
 * @param components the libraries of all four packages, each once
 * @param list the file that {@code allowed} was read from
 */
public record LicenceCheck(SortedSet<Component> components, AllowedLicences allowed, String list) {

    private static final String OWN_LIST = "/licences/allowed.txt";

    /**
     * Reads the packages and the list.
     *
     * @param root the project's folder, with the packages
     * @param file a list in place of the project's
     * @throws CommandException if a package is missing or the list cannot be read
     */
    public static LicenceCheck of(Path root, Optional<Path> file) throws IOException {
        String list = file.map(Path::toString).orElse("deploy/lab/src/main/resources" + OWN_LIST);
        AllowedLicences allowed = AllowedLicences.read(list, lines(file));
        SortedSet<Component> components = new TreeSet<>();
        for (Member service : EnumSet.complementOf(EnumSet.of(Member.BROKER))) {
            components.addAll(Sbom.of(root.resolve(service.id()).resolve("target/quarkus-app")));
        }
        return new LicenceCheck(components, allowed, list);
    }

    private static List<String> lines(Optional<Path> file) throws IOException {
        if (file.isPresent()) {
            try {
                return Files.readAllLines(file.get());
            } catch (NoSuchFileException e) {
                throw new CommandException("There is no file " + file.get() + "; --allowed names a list of licences.");
            }
        }
        try (InputStream own = LicenceCheck.class.getResourceAsStream(OWN_LIST)) {
            return new String(own.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    /** Returns how many libraries have which licences, one line for each. */
    public List<String> lines() {
        Map<String, Integer> counts = new TreeMap<>();
        components.forEach(each -> counts.merge(
                each.licences().isEmpty() ? "(names none)" : String.join(" or ", each.licences()), 1, Integer::sum));
        return counts.entrySet().stream().map(each -> "%4d  %s".formatted(each.getValue(), each.getKey())).toList();
    }

    /** Returns a sentence for each library that may not be in a package. */
    public List<String> refused() {
        return components.stream().flatMap(component -> allowed.against(component).stream()).toList();
    }
}
