package dev.apprentice.dataset.datasets.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.apprentice.contracts.Sha256;
import dev.apprentice.dataset.datasets.example.ReadSettings;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a dataset was read of its data.
 *
 * @param fields by the name that layouts have for a field, the name that the data has
 * @param strict whether one entry that cannot be used would have refused all
 * @param turns {@code all} or {@code last}: which answers of a conversation are learned
 */
public record Recipe(@JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> fields, boolean strict, String turns) {

    public Recipe {
        fields = fields == null ? Map.of() : Map.copyOf(fields);
    }

    static Recipe of(ReadSettings settings) {
        return new Recipe(settings.fields(), settings.strict(), settings.lastTurnOnly() ? "last" : "all");
    }

    /**
     * A digest over examples and how they were read.
     *
     * @param examples their digest
     */
    String lineage(String examples) {
        return Sha256.of(examples + "\n" + new TreeMap<>(fields) + "\n" + strict + "\n" + turns);
    }
}
