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
 * How dataset-service is to read data.
 *
 * @param settings by the names of {@link DataReading}
 * @param seed of the sample and the template's wordings; empty for dataset-service's own
 */
public record DataRequest(Map<String, Object> settings, Optional<Long> seed) {

    /** As dataset-service does by itself. */
    public static final DataRequest USUAL = new DataRequest(Map.of(), Optional.empty());

    private static final String TEMPLATE = "template";

    public DataRequest {
        settings = Map.copyOf(settings);
    }

    /** What a user's own task template is called there, in place of its file's name. */
    public DataRequest withTemplate(String name) {
        return with(TEMPLATE, Optional.of(name));
    }

    /** For data that is all to be read. */
    public DataRequest withoutSample() {
        return with("sample", Optional.empty());
    }

    private DataRequest with(String name, Optional<Object> value) {
        Map<String, Object> all = new LinkedHashMap<>(settings);
        all.remove(name);
        value.ifPresent(given -> all.put(name, given));
        return new DataRequest(all, seed);
    }

    /** The task template that is named, if one is. */
    public Optional<String> template() {
        return Optional.ofNullable(settings.get(TEMPLATE)).map(Object::toString);
    }

    /**
     * The query of the call; empty where there is nothing to say.
     *
     * @param file the file's name; empty for none
     * @param more of the call's parameters by their names
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
        if (setting.isList() && setting.setting().separator().isEmpty()) { // each is a parameter named in the singular
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
