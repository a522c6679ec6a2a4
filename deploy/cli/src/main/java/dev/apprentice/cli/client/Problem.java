package dev.apprentice.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A service's refusal, as it says it in a problem document.
 *
 * @param title the kind of problem
 * @param detail what is wrong here; may be empty
 * @param violations each single thing that is wrong, as sentences; may be empty
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
record Problem(String title, String detail, List<String> violations) {

    private static final int SHOWN = 20;
    private static final int EXCERPT = 300;

    /** Reads any error response; one that is no problem document is quoted as it is. */
    static Problem read(int status, String body) {
        JsonNode document = parse(body);
        if (!document.isObject()) {
            return new Problem("HTTP status " + status, excerpt(body), List.of());
        }
        List<String> violations = new ArrayList<>();
        for (JsonNode violation : document.path("violations")) {
            violations.add(sentence(violation));
        }
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
        String text = body.strip();
        return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "…";
    }

    /** E.g. {@code line 3, entry [2]: output is missing}, or {@code training.epochs must be at least 1}; tables have no lines. */
    private static String sentence(JsonNode violation) {
        List<String> places = new ArrayList<>();
        if (violation.path("line").asInt() > 0) {
            places.add("line " + violation.path("line").asText());
        }
        if (violation.has("entry")) {
            places.add("entry [" + violation.path("entry").asText() + "]");
        }
        String place = places.isEmpty() ? "" : String.join(", ", places) + ": ";
        String field = violation.path("field").asText("");
        return place + (field.isEmpty() ? "" : field + " ") + violation.path("message").asText();
    }

    /** The whole as text for a person: what is wrong, and every single violation on a line of its own. */
    String text() {
        boolean listSaysAll = title.equals("Bad Request") && detail.isEmpty() && !violations.isEmpty();
        String what = listSaysAll ? "this cannot be done:" : detail.isEmpty() ? title : title + ": " + detail;
        String all = violations.stream().limit(SHOWN).map(each -> "\n  - " + each).collect(Collectors.joining());
        String more = violations.size() > SHOWN ? "\n  - and " + (violations.size() - SHOWN) + " more" : "";
        return what + all + more;
    }
}
