package dev.apprentice.contracts.run;

import dev.apprentice.contracts.Require;
import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.apprentice.contracts.Built;
import dev.apprentice.contracts.settings.Setting;
import java.util.List;
import java.util.Optional;

/**
 * How data becomes examples. Settings that are left out have dataset-service's defaults.
 *
 * @param fields each such as {@code instruction=prompt}: the name of a field in layouts or in the template, and its name in the
 *     data
 * @param strict whether one entry that cannot be used has all of the data refused
 * @param turns which answers of a conversation are learned
 * @param template the task template that makes examples of labelled rows; empty where rows are examples
 * @param filter an SQL expression over a row's fields; rows for which it is not true are left out
 * @param sample the number of rows, or if below 1 the share of them, that the seed draws after the filter; empty for all
 * @param mask the kinds of personal data that are replaced: {@code email}, {@code phone}, {@code phone:DE} with the country whose
 *     numbers need no prefix, {@code card}, {@code ip}
 * @param encoding the encoding of texts that are not UTF-8, such as {@code windows-1252}; UTF-16 is recognised by its byte order
 *     mark
 */
@Built
public record DataReading(
        @Setting(value = "What the data calls a field, such as instruction=prompt", option = "--field", label = "FIELD=NAME",
                        separator = "", unset = "layouts are recognised")
                @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> fields,
        @Setting(value = "Refuse the data if one entry cannot be used; else such are left out", option = "--strict", unset = "no")
                Optional<Boolean> strict,
        @Setting(value = "Which answers of a conversation are learned", option = "--turns", label = "WHICH", unset = "all")
                Optional<Turns> turns,
        @Setting(value = "A task template that makes instructions of labelled rows: a bundled one, or a file that ends with .yaml",
                        option = "--template", label = "NAME", unset = "rows are examples")
                Optional<String> template,
        @Setting(value = "Take only rows of which this SQL expression over their fields is true, such as \"length(output) > 20\"",
                        option = "--filter", label = "SQL", unset = "all")
                Optional<String> filter,
        @Setting(value = "Take so many rows, or below 1 such a share of them, drawn by the seed", option = "--sample", unset = "all",
                        above = 0, max = 1_000_000_000)
                Optional<Double> sample,
        @Setting(value = "Replace personal data: email, phone, phone:DE (numbers without a prefix are German), card, ip", option = "--mask",
                        label = "KIND", unset = "none")
                @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> mask,
        @Setting(value = "How the data's texts are encoded where that is not UTF-8, such as windows-1252", option = "--encoding",
                        label = "NAME", unset = "UTF-8, or UTF-16 by its first bytes")
                @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<String> encoding) {

    /** All of dataset-service's defaults. */
    public static final DataReading USUAL = DataReadingBuilder.builder().build();

    /** Which answers of a conversation are learned. */
    public enum Turns {
        @JsonAlias("all")
        ALL,
        @JsonAlias("last")
        LAST
    }

    public DataReading {
        fields = Require.elements(fields, "data.reading.fields");
        mask = Require.elements(mask, "data.reading.mask");
        strict = strict.filter(yes -> yes);
        encoding = encoding == null ? Optional.empty() : encoding;
        turns = turns.filter(which -> which != Turns.ALL);
    }

    /** Tells whether one entry that cannot be used has all of the data refused. */
    public boolean isStrict() {
        return strict.isPresent();
    }

    /** Tells whether only the last answer of a conversation is learned. */
    public boolean lastTurnOnly() {
        return turns.isPresent();
    }
}
