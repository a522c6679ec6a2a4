package dev.apprentice.cli.client;

import dev.apprentice.contracts.run.DataReading;
import dev.apprentice.contracts.settings.Described;
import dev.apprentice.contracts.settings.Settings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How dataset-service must read data.
 *
 * @param settings by the names of {@link DataReading}
 * @param seed the seed for the sample and for the template's wordings; empty for dataset-service's default
 */
public record DataRequest(Map<String, Object> settings, Optional<Long> seed) {

    /** Reads data with dataset-service's defaults. */
    public static final DataRequest USUAL = new DataRequest(Map.of(), Optional.empty());

    private static final String TEMPLATE = "template";

    public DataRequest {
        settings = Map.copyOf(settings);
    }

    /** Returns a copy whose task template has this name in dataset-service, in place of its file's name. */
    public DataRequest withTemplate(String name) {
        return with(TEMPLATE, Optional.of(name));
    }

    /** Returns a copy that reads all of the data. */
    public DataRequest withoutSample() {
        return with("sample", Optional.empty());
    }

    private DataRequest with(String name, Optional<Object> value) {
        Map<String, Object> all = new LinkedHashMap<>(settings);
        all.remove(name);
        value.ifPresent(given -> all.put(name, given));
        return new DataRequest(all, seed);
    }

    /** Returns the name of the task template; empty if none is set. */
    public Optional<String> template() {
        return Optional.ofNullable(settings.get(TEMPLATE)).map(Object::toString);
    }

    /**
     * Returns the query of the call, with its question mark; empty if it has no parameters.
     *
     * @param file the file's name; empty for none
     * @param more further parameters by name
     */
    String query(String file, Map<String, String> more) {
        List<String> parts = new ArrayList<>();
        if (!file.isEmpty()) {
            parts.add("file=" + encoded(file));
        }
        for (Described setting : Settings.of(DataReading.class)) {
            Object value = settings.get(setting.name());
            if (value != null) {
                parts.addAll(parts(setting, value));
            }
        }
        if (settings.containsKey(TEMPLATE) || settings.containsKey("sample")) {
            seed.ifPresent(chosen -> parts.add("seed=" + chosen));
        }
        more.forEach((name, value) -> parts.add(name + "=" + encoded(value)));
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private static List<String> parts(Described setting, Object value) {
        if (setting.isList() && setting.setting().separator().isEmpty()) { // each element is a parameter of its own, named in the singular
            String name = setting.name().replaceFirst("s$", "");
            return ((List<?>) value).stream().map(each -> name + "=" + encoded(each.toString())).toList();
        }
        String text = value instanceof List<?> list
                ? list.stream().map(Object::toString).collect(Collectors.joining(","))
                : value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : value.toString();
        return List.of(setting.name() + "=" + encoded(text));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
