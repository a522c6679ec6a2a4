package dev.apprentice.dataset.datasets.format;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Parses the time at which a message was sent, as exports write it. */
final class SentAt {

    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("[[ ]['T']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[ ][XXX][XX][X]['UTC']]")
            .toFormatter(Locale.ROOT);

    private static final Pattern NUMBER = Pattern.compile("\\d{1,19}(\\.\\d{1,9})?");

    private SentAt() {}

    /**
     * Returns the time in seconds, for comparisons within one export. A number keeps its own unit; an ISO 8601 date or time is in
     * seconds since 1970. Empty for anything else, such as 1/2/2024, which may be in January or in February.
     */
    static OptionalDouble seconds(String text) {
        if (NUMBER.matcher(text).matches()) {
            return OptionalDouble.of(Double.parseDouble(text));
        }
        try {
            TemporalAccessor time = DATE_TIME.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            OffsetDateTime at = time instanceof OffsetDateTime known
                    ? known
                    : (time instanceof LocalDateTime local ? local : ((LocalDate) time).atStartOfDay()).atOffset(ZoneOffset.UTC);
            return OptionalDouble.of(at.toEpochSecond() + at.getNano() / 1e9);
        } catch (DateTimeParseException e) {
            return OptionalDouble.empty();
        }
    }
}
