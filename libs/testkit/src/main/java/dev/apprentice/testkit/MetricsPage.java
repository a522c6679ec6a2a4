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
 * The metrics that a service shows to Prometheus, checked against one scheme: names {@code apprentice_SERVICE_THING_UNIT}, or
 * without a service if all four have the metric; a help text; base units; at most 100 KB.
 */
public final class MetricsPage {

    /** The most bytes of a scrape. */
    public static final int MOST_BYTES = 100_000;

    /** The most buckets of one histogram, the infinite one included. */
    private static final int MOST_BUCKETS = 14;

    /** The first words of metrics that every service has. */
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
     * Reads a response of {@code /q/metrics} to {@code Accept: text/plain}; for other requests the format is OpenMetrics.
     *
     * @param role the service, without {@code -service}
     */
    public static MetricsPage of(String text, String role) {
        return new MetricsPage(text, role);
    }

    /**
     * Checks the scheme and the size of the page. The size holds for a service with little to do; one that has asked many judges
     * may show more.
     *
     * @throws AssertionError with every metric that breaks a rule, and the rule
     */
    public void requireGoodManners() {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw new AssertionError("the page has " + bytes + " bytes");
        }
        requireScheme();
    }

    /**
     * Checks the scheme of the page, regardless of its size.
     *
     * @throws AssertionError with every metric that breaks a rule, and the rule
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

    /** Returns the number of buckets of each histogram's series. */
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

    /** Returns what {@code promtool check metrics} finds in this project's metrics; nothing if promtool is not installed. */
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
