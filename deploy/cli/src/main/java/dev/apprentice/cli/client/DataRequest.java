package dev.apprentice.cli.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How dataset-service is to read data.
 *
 * @param fields each {@code instruction=prompt}: a field as layouts call it, and as the data does
 * @param strict whether one entry that cannot be used refuses all
 * @param turns {@code all} or {@code last}: which answers of a conversation are learned
 */
public record DataRequest(List<String> fields, boolean strict, Optional<String> turns) {

    /** As dataset-service does by itself. */
    public static final DataRequest USUAL = new DataRequest(List.of(), false, Optional.empty());

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
        if (strict) {
            parts.add("strict=true");
        }
        fields.forEach(field -> parts.add("field=" + encoded(field)));
        turns.ifPresent(which -> parts.add("turns=" + encoded(which)));
        more.forEach((name, value) -> parts.add(name + "=" + encoded(value)));
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
