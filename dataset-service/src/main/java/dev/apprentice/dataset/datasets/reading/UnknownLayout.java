package dev.apprentice.dataset.datasets.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.dataset.datasets.layout.ColumnTable;
import dev.apprentice.dataset.datasets.reading.outcome.InvalidDatasetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Explains data without any usable entry because none has a known layout: what the entries look like, and the way out. */
final class UnknownLayout {

    private int entries;
    private List<String> fields = List.of();
    private Optional<String> onlyList = Optional.empty();
    private boolean isTable;

    /** Examines an entry before any was accepted. @param isFirst whether it is the first entry */
    void look(JsonNode entry, boolean isFirst) {
        isTable = isFirst && ColumnTable.is(entry);
    }

    /** Counts an entry of unknown layout. @return its fields */
    List<String> count(JsonNode entry) {
        List<String> names = new ArrayList<>();
        entry.fieldNames().forEachRemaining(names::add);
        fields = entries++ == 0 ? names : fields;
        onlyList = entries > 1 ? Optional.empty()
                : names.stream().filter(name -> entry.path(name).isArray() && entry.path(name).path(0).isObject()).findFirst();
        return names;
    }

    /**
     * Returns one common reason for all entries; empty if they have reasons of their own.
     *
     * @param refused number of refused entries; none was accepted
     * @param isMapped whether fields were requested that no entry has, which explains more than the layout
     */
    Optional<InvalidDatasetException> refusal(int refused, boolean isMapped) {
        if (isTable && refused == 1) {
            String table = "The data is a table written column by column";
            return Optional.of(refusal(table, "; write a row a line, as pandas does with to_json(FILE, orient='records', lines=True)."
                    + " Nothing was stored.", refused));
        }
        if (isMapped || entries == 0 || entries < refused) {
            return Optional.empty();
        }
        if (onlyList.isPresent()) {
            return Optional.of(refusal("The data is one object around its entries",
                    "; send the list in it alone, such as with jq '." + onlyList.get() + "[]'. Nothing was stored.", refused));
        }
        String mapping = fields.size() == 1 ? "text=" + fields.get(0) : "instruction=" + fields.get(0) + " and output=" + fields.get(1);
        return Optional.of(refusal("No entry has a layout that is known", ": the fields are " + String.join(", ", fields)
                + ". Say which is which with 'field' (--field), such as " + mapping + "; nothing was stored.", refused));
    }

    /** Creates the refusal. @param quoting the rest of the message, which may quote the data */
    private static InvalidDatasetException refusal(String what, String quoting, int refused) {
        return new InvalidDatasetException(what + quoting, what + "; nothing was stored.", List.of(), 0, refused);
    }
}
