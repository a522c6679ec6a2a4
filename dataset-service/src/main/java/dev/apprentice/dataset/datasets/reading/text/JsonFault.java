package dev.apprentice.dataset.datasets.reading.text;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.util.Optional;

/**
 * Why text cannot be parsed as JSON, in a form for people: without the parser's names for its source, settings and classes.
 *
 * @param what "is not JSON", or "cannot be read" for JSON beyond the parser's limits
 * @param at the position; the parser's current one if the failure has none
 * @param reason what is wrong; may quote the text
 */
public record JsonFault(String what, JsonLocation at, String reason) {

    /** Creates a fault from an exception. @param json the parser that failed */
    public static JsonFault of(JsonProcessingException e, JsonParser json) {
        String what = e instanceof StreamConstraintsException ? "cannot be read" : "is not JSON";
        return new JsonFault(what, Optional.ofNullable(e.getLocation()).orElseGet(json::currentLocation), words(e));
    }

    /** Returns what is wrong with a line, the column, and why. */
    public String inLine() {
        return what + " at column " + at.getColumnNr() + ": " + reason;
    }

    private static String words(JsonProcessingException e) {
        return e.getOriginalMessage()
                .replaceAll("\\((?:start marker|for (?:Array|Object) starting) at \\[Source: .*?; line: (\\d+), column: (\\d+)\\]\\)", "(begun at line $1, column $2)")
                .replace(" (or 'NaN'/'+INF'/'-INF')", "")
                .replaceAll(" ?\\(not recognized as one since Feature .*?\\)", "")
                .replaceAll(",? from `StreamReadConstraints[^`]*`", "")
                .replaceAll("[:,]? ?(to|must|need to)? ?enable `?\\w+Feature\\.\\w+`? ?(to allow( \\w+)*)?", "");
    }
}
