package dev.apprentice.dataset.datasets.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.apprentice.contracts.Sha256;
import dev.apprentice.contracts.run.DataReading;
import dev.apprentice.dataset.datasets.reading.ReadSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a dataset was read from its data. Settings that an earlier version lacked are absent unless they are used, so the
 * lineage of an older dataset does not change.
 *
 * @param fields the data's names of fields, by the names that layouts have for them
 * @param strict whether one unusable entry would have refused the whole dataset
 * @param turns {@code all} or {@code last}: which answers of a conversation are learned
 * @param template the task template that made examples from rows
 * @param filter the SQL expression that rows had to meet
 * @param sample the share or the number of rows that were drawn
 * @param mask the kinds of personal data that were replaced
 * @param encoding of texts that were not UTF-8, if it was named
 * @param seed of the template's wordings and the sample, if either was used
 */
public record Recipe(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> fields,
        boolean strict,
        String turns,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<String> template,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<String> filter,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Double> sample,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> mask,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<String> encoding,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Long> seed) {

    public Recipe {
        fields = fields == null ? Map.of() : Map.copyOf(fields);
        mask = mask == null ? List.of() : List.copyOf(mask);
        encoding = encoding == null ? Optional.empty() : encoding;
    }

    static Recipe of(ReadSettings settings) {
        DataReading reading = settings.reading();
        boolean draws = reading.template().isPresent() || reading.sample().isPresent();
        return new Recipe(settings.fields(), reading.isStrict(), reading.lastTurnOnly() ? "last" : "all", reading.template(),
                reading.filter(), reading.sample(), reading.mask(), reading.encoding(), draws ? Optional.of(settings.seed()) : Optional.empty());
    }

    /**
     * Returns a digest over examples and how they were read.
     *
     * @param examples their digest
     */
    String lineage(String examples) {
        StringBuilder said = new StringBuilder(examples + "\n" + new TreeMap<>(fields) + "\n" + strict + "\n" + turns);
        template.ifPresent(name -> said.append("\ntemplate ").append(name));
        filter.ifPresent(expression -> said.append("\nfilter ").append(expression));
        sample.ifPresent(share -> said.append("\nsample ").append(share));
        seed.ifPresent(chosen -> said.append("\nseed ").append(chosen));
        encoding.ifPresent(name -> said.append("\nencoding ").append(name));
        said.append(mask.isEmpty() ? "" : "\nmask " + mask);
        return Sha256.of(said.toString());
    }
}
