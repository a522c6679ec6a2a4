package dev.apprentice.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.Shortened;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A service's refusal, from its problem document.
 *
 * @param title the kind of problem
 * @param detail what is wrong here; may be empty
 * @param violations a sentence for each single thing that is wrong; may be empty
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
record Problem(String title, String detail, List<String> violations) {

    private static final int SHOWN = 20;
    private static final int PLACES = 3;
    private static final int EXCERPT = 300;

    /** Reads any error response; a body that is no problem document is quoted. */
    static Problem read(int status, String body) {
        JsonNode document = parse(body);
        if (!document.isObject()) {
            return new Problem("HTTP status " + status, excerpt(body), List.of());
        }
        Map<String, List<String>> places = new LinkedHashMap<>();
        for (JsonNode violation : document.path("violations")) {
            List<String> known = places.computeIfAbsent(fault(violation), fault -> new ArrayList<>());
            Optional.of(place(violation)).filter(place -> !place.isEmpty()).ifPresent(known::add);
        }
        List<String> violations = places.entrySet().stream().map(each -> sentence(each.getKey(), each.getValue())).toList();
        return new Problem(
                document.path("title").asText("HTTP status " + status), document.path("detail").asText(), violations);
    }

    private static JsonNode parse(String body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return Json.MAPPER.missingNode();
        }
    }

    private static String excerpt(String body) {
        return Shortened.to(EXCERPT, body.strip());
    }

    private static String fault(JsonNode violation) {
        String field = violation.path("field").asText("");
        return (field.isEmpty() ? "" : field + " ") + violation.path("message").asText();
    }

    /** Returns the place, such as {@code songs.jsonl, line 3, entry [2]}. Tables have no lines, and settings have no place at all. */
    private static String place(JsonNode violation) {
        List<String> parts = new ArrayList<>();
        if (violation.path("file").isTextual()) {
            parts.add(violation.path("file").textValue());
        }
        if (violation.path("line").asInt() > 0) {
            parts.add("line " + violation.path("line").asText());
        }
        if (violation.has("entry")) {
            parts.add("entry [" + violation.path("entry").asText() + "]");
        }
        return String.join(", ", parts);
    }

    /** Returns a sentence such as {@code line 3, entry [2]: output is missing}. Several places with one fault share a sentence. */
    private static String sentence(String fault, List<String> places) {
        if (places.size() <= 1) {
            return places.isEmpty() ? fault : places.get(0) + ": " + fault;
        }
        return places.size() + " × " + fault + ": " + String.join("; ", places.subList(0, Math.min(PLACES, places.size())))
                + (places.size() > PLACES ? " and others" : "");
    }

    /** Returns the problem as text for a person, each violation on its own line. */
    String text() {
        boolean listSaysAll = title.equals("Bad Request") && detail.isEmpty() && !violations.isEmpty();
        String what = listSaysAll ? "this cannot be done:" : detail.isEmpty() ? title : title + ": " + detail;
        String all = violations.stream().limit(SHOWN).map(each -> "\n  - " + each).collect(Collectors.joining());
        String more = violations.size() > SHOWN ? "\n  - and " + (violations.size() - SHOWN) + " more" : "";
        return what + all + more;
    }
}
