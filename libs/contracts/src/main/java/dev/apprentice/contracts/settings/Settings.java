package dev.apprentice.contracts.settings;

import dev.apprentice.contracts.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the descriptions of a record's settings, and checks a record's values by them. */
public final class Settings {

    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final int MOST_TEXTS = 1_000;
    private static final int LONGEST_TEXT = 1_000;

    private Settings() {}

    /** Returns the settings in the order of the record's components. */
    public static List<Described> of(Class<? extends Record> record) {
        return Arrays.stream(record.getRecordComponents())
                .filter(component -> component.isAnnotationPresent(Setting.class))
                .map(Described::new)
                .toList();
    }

    /** Returns every setting that is out of its bounds, those of groups included, in the order of the record. */
    public static List<Objection> objections(Record record) {
        List<Objection> found = new ArrayList<>();
        look(record, List.of(), found);
        return found;
    }

    /** Creates a record without any settings given. */
    public static <R extends Record> R unsaid(Class<R> record) {
        return Json.MAPPER.convertValue(Map.of(), record);
    }

    /** Creates a record with this record's required settings and nothing else. */
    @SuppressWarnings("unchecked")
    public static <R extends Record> R leastSaid(R record) {
        Record unsaid = unsaid(record.getClass());
        Map<String, Object> said = new HashMap<>();
        for (Described described : of(record.getClass())) {
            if (described.isRequired(unsaid)) {
                described.in(record).ifPresent(value -> said.put(described.name(), value));
            }
        }
        return (R) Json.MAPPER.convertValue(said, record.getClass());
    }

    private static void look(Record record, List<String> before, List<Objection> found) {
        for (Described described : of(record.getClass())) {
            List<String> path = Stream.concat(before.stream(), Stream.of(described.name())).toList();
            Optional<Object> value = described.in(record);
            if (value.isEmpty() && described.setting().unset().isEmpty()) {
                found.add(new Objection(path, "is missing"));
            } else if (value.isPresent() && described.isGroup()) {
                look((Record) value.get(), path, found);
            } else {
                value.flatMap(given -> rule(described.setting(), given)).ifPresent(rule -> found.add(new Objection(path, rule)));
            }
        }
    }

    /** Returns the rule that a value of the setting breaks, such as {@code must be at least 1}. */
    public static Optional<String> rule(Setting setting, Object value) {
        if (value instanceof Duration time) {
            return rule(setting, time);
        }
        if (value instanceof List<?> texts) {
            return texts(texts);
        }
        return value instanceof Number number ? rule(setting, number.doubleValue()) : Optional.empty();
    }

    private static Optional<String> rule(Setting setting, double value) {
        if (!Double.isFinite(value)) {
            return Optional.of("must be a finite number");
        }
        if (value < setting.min()) {
            return Optional.of("must be at least " + plain(setting.min()));
        }
        if (value <= setting.above()) {
            return Optional.of("must be above " + plain(setting.above()));
        }
        if (value > setting.max()) {
            return Optional.of("must be at most " + plain(setting.max()));
        }
        return value >= setting.below() ? Optional.of("must be below " + plain(setting.below())) : Optional.empty();
    }

    private static Optional<String> rule(Setting setting, Duration time) {
        if (setting.above() == 0 && (time.isZero() || time.isNegative())) {
            return Optional.of("must be above zero");
        }
        return time.compareTo(LONGEST) > 0 ? Optional.of("must be at most a hundred years") : Optional.empty();
    }

    private static Optional<String> texts(List<?> texts) {
        if (texts.size() > MOST_TEXTS) {
            return Optional.of("must have at most " + MOST_TEXTS + " entries");
        }
        return texts.stream().map(String.class::cast).anyMatch(text -> text == null || text.isBlank() || text.length() > LONGEST_TEXT)
                ? Optional.of("must have entries of 1 to " + LONGEST_TEXT + " letters, none of them blank")
                : Optional.empty();
    }

    /** Writes a number as {@code 1}, {@code 100000} or {@code 0.5}. */
    private static String plain(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
