package dev.apprentice.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a service shows Prometheus, held to one scheme: {@code apprentice_SERVICE_THING_UNIT}, or without a service where all
 * four have it, with a help text, in base units, and in no more than 100 KB.
 */
public final class MetricsPage {

    /** The most that a scrape may have, in bytes. */
    public static final int MOST_BYTES = 100_000;

    /** The most buckets of one histogram, the infinite one included. */
    private static final int MOST_BUCKETS = 14;

    /** What every service has. */
    private static final Set<String> SHARED = Set.of("build", "condition", "dead", "disk", "http", "process");

    private static final Pattern NAME = Pattern.compile("apprentice(_[a-z]+)+");
    private static final Pattern UNITS = Pattern.compile(".*_(milliseconds|minutes|hours|ms|kb|mb|mib|megabytes|kilobytes|percent)(_.*)?");
    private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? \\S+");

    private final String text;
    private final String role;
    private final Map<String, String> help = new LinkedHashMap<>();
    private final Map<String, String> types = new LinkedHashMap<>();

    private MetricsPage(String text, String role) {
        this.text = text;
        this.role = role;
        for (String line : text.lines().filter(line -> line.matches("# (HELP|TYPE) .*")).toList()) {
            String[] parts = line.split(" ", 4);
            (parts[1].equals("HELP") ? help : types).put(parts[2], parts.length < 4 ? "" : parts[3].strip());
        }
    }

    /**
     * What {@code /q/metrics} answered when asked for {@code text/plain}; otherwise it speaks OpenMetrics.
     *
     * @param role the service, without {@code -service}
     */
    public static MetricsPage of(String text, String role) {
        return new MetricsPage(text, role);
    }

    /**
     * Passes a page of this scheme of a service that has little to do; one that has asked many judges may show more.
     *
     * @throws AssertionError naming every metric that breaks a rule, and which
     */
    public void requireGoodManners() {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw new AssertionError("the page has " + bytes + " bytes");
        }
        requireScheme();
    }

    /**
     * Passes a page of this scheme, however long.
     *
     * @throws AssertionError naming every metric that breaks a rule, and which
     */
    public void requireScheme() {
        List<String> broken = new ArrayList<>();
        List<String> ours = types.keySet().stream().filter(name -> name.startsWith("apprentice_")).toList();
        if (SHARED.stream().anyMatch(word -> ours.stream().noneMatch(name -> name.startsWith("apprentice_" + word + "_")))) {
            broken.add("of " + SHARED + " one is missing");
        }
        ours.forEach(name -> check(name, broken));
        buckets().forEach((series, count) -> {
            if (count > MOST_BUCKETS) {
                broken.add(series + " has " + count + " buckets");
            }
        });
        broken.addAll(findingsOfPromtool());
        if (!broken.isEmpty()) {
            throw new AssertionError(String.join("\n", broken));
        }
    }

    private void check(String name, List<String> broken) {
        String word = name.split("_")[1];
        if (!NAME.matcher(name).matches() || !SHARED.contains(word) && !word.equals(role)) {
            broken.add(name + " is not apprentice_" + role + "_…");
        }
        if (help.getOrDefault(name, "").length() < 5) {
            broken.add(name + " has no help text");
        }
        if (UNITS.matcher(name).matches()) {
            broken.add(name + " is not in a base unit");
        }
        if (types.get(name).equals("counter") != name.endsWith("_total")) {
            broken.add(name + " is a " + types.get(name) + ", and counters alone end in _total");
        }
    }

    /** How many buckets each histogram's series has. */
    private Map<String, Long> buckets() {
        return text.lines()
                .map(SAMPLE::matcher)
                .filter(Matcher::matches)
                .filter(sample -> sample.group(1).startsWith("apprentice_") && sample.group(1).endsWith("_bucket"))
                .collect(Collectors.groupingBy(
                        sample -> sample.group(1) + "{" + sample.group(2).replaceAll(",?le=\"[^\"]*\"", "") + "}",
                        LinkedHashMap::new, Collectors.counting()));
    }

    private String ours() {
        return text.lines().filter(line -> line.matches("(# (HELP|TYPE) )?apprentice_.*")).collect(Collectors.joining("\n", "", "\n"));
    }

    /** What {@code promtool check metrics} says of ours; nothing where there is no promtool. */
    private List<String> findingsOfPromtool() {
        if (!Prometheus.isInstalled()) {
            return List.of();
        }
        try {
            return Prometheus.promtool(ours(), "check", "metrics").lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> "promtool: " + line)
                    .toList();
        } catch (IOException e) {
            throw new AssertionError("promtool cannot be run: " + e.getMessage(), e);
        }
    }
}
