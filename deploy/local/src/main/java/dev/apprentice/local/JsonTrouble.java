package dev.apprentice.local;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;

/** Describes errors in JSON files for a person: the place, without the parser's wording. */
public final class JsonTrouble {

    private JsonTrouble() {}

    /** Returns a phrase such as {@code it is not the expected JSON, at line 1, column 9}. */
    public static String words(IOException e) {
        if (!(e instanceof JsonProcessingException json)) {
            return e.getMessage();
        }
        JsonLocation place = json.getLocation();
        return "it is not the expected JSON"
                + (place == null ? "" : ", at line " + place.getLineNr() + ", column " + place.getColumnNr());
    }
}
