package dev.apprentice.judge.page.run;

import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.DataReading;
import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.contracts.run.DataSource.Duplicates;
import dev.apprentice.contracts.run.DataSource.Source;
import dev.apprentice.contracts.run.DataSourceBuilder;
import dev.apprentice.contracts.run.ModelSource.Start;
import dev.apprentice.contracts.run.RunSpecification;
import dev.apprentice.contracts.run.RunSpecification.Generation;
import dev.apprentice.contracts.run.Split;
import dev.apprentice.contracts.run.Split.Policy;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.contracts.settings.Described;
import dev.apprentice.contracts.settings.Settings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The command that repeats a run: {@code tune}, or {@code stream} for one that learns from a stream.
 *
 * @param line the command for a POSIX shell, with options only for settings that differ from the defaults
 * @param beyond settings that differ from the defaults and have no option, as {@code name=value}; if there are any, only sending
 *     the run's specification to trainer-service repeats the run exactly
 */
public record RepeatCommand(String line, List<String> beyond) {

    /** The share that the textbook's split leaves for validation. */
    private static final double USUAL_VALIDATION = 0.05;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    public RepeatCommand {
        beyond = List.copyOf(beyond);
    }

    public static RepeatCommand of(Run run) {
        RunSpecification asked = run.specification();
        Source source = asked.data().source();
        Words words = source == Source.STREAM ? stream(asked) : tune(asked);
        settings(comparable(asked.data()), Optional.of(unsaid(asked.data())), source, words);
        shares(asked.data().split(), source, words);
        settings(asked.training(), Optional.of(Training.DEFAULTS), source, words);
        settings(asked.generation(), Optional.of(Generation.DEFAULTS), source, words);
        settings(asked, Optional.of(RunSpecification.of(asked.model(), asked.data())), source, words);
        return new RepeatCommand(words.line(), words.beyond);
    }

    private static Words tune(RunSpecification asked) {
        DataSource data = asked.data();
        Words words = new Words("tune");
        words.option("--model", asked.model().location());
        if (asked.model().start() == Start.RANDOM) {
            words.flag("--from-scratch");
        }
        words.option("--data", weighted(data.file().orElse(data.dataset() + ".json"), data.weight()));
        data.also().forEach(part -> words.option("--data", weighted(file(part), part.weight())));
        data.validation().ifPresent(part -> words.option("--validation", file(part)));
        data.test().ifPresent(part -> words.option("--test", file(part)));
        data.reading().ifPresent(reading -> settings(reading, Optional.of(DataReading.USUAL), Source.DATASET, words));
        promptStyle(data, words);
        return words;
    }

    private static String file(DataSource.Part part) {
        return part.file().orElse(part.dataset() + ".json");
    }

    private static String weighted(String file, Optional<Double> weight) {
        return file + weight.map(often -> "=" + often).orElse("");
    }

    /**
     * Returns the command for a stream. If no file is known, its examples came in another way and are read from standard input.
     */
    private static Words stream(RunSpecification asked) {
        DataSource data = asked.data();
        Words words = new Words("stream");
        words.word(data.file().orElse("-"));
        words.option("--dataset", data.dataset());
        words.option("--model", asked.model().location());
        if (asked.model().start() == Start.RANDOM) {
            words.beyond("start", "random");
        }
        promptStyle(data, words);
        return words;
    }

    private static void promptStyle(DataSource data, Words words) {
        if (!data.promptStyle().equals("alpaca")) {
            words.option("--prompt", data.promptStyle());
        }
    }

    /**
     * Returns the data settings with defaults filled in, for comparison. Runs from before the setting existed kept duplicates.
     */
    private static DataSource comparable(DataSource data) {
        boolean compared = data.source() == Source.DATASET;
        return DataSourceBuilder.builder(data)
                .duplicates(data.duplicates().or(() -> Optional.of(Duplicates.KEEP)).filter(kept -> compared))
                .nearDuplicates(data.nearDuplicates().filter(share -> compared))
                .groupByLength(data.groupByLength().filter(window -> window > 0))
                .weight(Optional.empty()) // it is written after the file's name
                .split(new Split(data.split().policy(), Split.TEXTBOOK.train(), Split.TEXTBOOK.test())) // shares() handles these
                .build();
    }

    /** Returns data settings that state only where the data comes from. */
    private static DataSource unsaid(DataSource data) {
        DataSource unsaid = DataSourceBuilder.builder().dataset(data.dataset()).source(data.source()).build();
        return data.source() == Source.STREAM
                ? unsaid
                : unsaid.with(data.split().policy() == Policy.POSITION ? Duplicates.KEEP : Duplicates.ONCE, DataSource.DEFAULT_NEAR_DUPLICATES);
    }

    /** Adds the shares of the split; only runs of a dataset have options for them. */
    private static void shares(Split split, Source source, Words words) {
        BigDecimal validation = BigDecimal.ONE.subtract(BigDecimal.valueOf(split.train())).subtract(BigDecimal.valueOf(split.test()));
        if (source == Source.STREAM) {
            if (split.train() != Split.TEXTBOOK.train() || split.test() != Split.TEXTBOOK.test()) {
                words.beyond("split", split.train() + "/" + split.test());
            }
            return;
        }
        if (split.test() != Split.TEXTBOOK.test()) {
            words.option("--test-share", split.test());
        }
        if (validation.doubleValue() != USUAL_VALIDATION) {
            words.option("--validation-share", validation.max(BigDecimal.ZERO).toPlainString());
        }
    }

    /** Adds each setting that differs from its default. */
    private static void settings(Record settings, Optional<Record> usual, Source source, Words words) {
        Record defaults = usual.orElseGet(() -> Settings.leastSaid(settings));
        for (Described described : Settings.of(settings.getClass())) {
            Optional<Object> value = described.in(settings);
            boolean required = usual.isEmpty() && described.isRequired(Settings.unsaid(settings.getClass()));
            if (value.isPresent() && described.isGroup()) {
                settings((Record) value.get(), described.in(defaults).map(Record.class::cast), source, words);
            } else if (value.isPresent() && (required || !value.equals(described.in(defaults)))) {
                setting(described, value.get(), source, words);
            }
        }
    }

    private static void setting(Described described, Object value, Source source, Words words) {
        String option = described.setting().option();
        if (option.isEmpty() || !described.isOf(source)) {
            words.beyond(described.name(), text(value));
        } else if (value instanceof List<?> texts && holdsSeparator(texts, described.setting().separator())) {
            words.beyond(described.name(), texts);
        } else if (described.isFlag()) {
            words.flag(option);
        } else if (described.isList() && described.setting().separator().isEmpty()) {
            ((List<?>) value).forEach(each -> words.option(option, each));
        } else {
            words.option(option, text(value));
        }
    }

    private static boolean holdsSeparator(List<?> texts, String separator) {
        return !separator.isEmpty() && texts.stream().anyMatch(text -> text.toString().contains(separator));
    }

    private static String text(Object value) {
        if (value instanceof Duration time) {
            return time(time);
        }
        if (value instanceof List<?> texts) {
            return texts.stream().map(Object::toString).collect(Collectors.joining(","));
        }
        return value instanceof Enum<?> constant ? lower(constant) : value.toString();
    }

    /** Formats a duration for the command line, such as {@code 2.5s} or {@code 1h30m}. */
    private static String time(Duration time) {
        return time.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The words of a command under construction. */
    private static final class Words {

        private final List<String> words;
        private final List<String> beyond = new ArrayList<>();

        Words(String command) {
            words = new ArrayList<>(List.of("./apprentice", command));
        }

        void option(String name, Object value) {
            words.add(name);
            word(value.toString());
        }

        void word(String text) {
            words.add(PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'");
        }

        void flag(String name) {
            words.add(name);
        }

        void beyond(String name, Object value) {
            beyond.add(name + "=" + value);
        }

        String line() {
            return String.join(" ", words);
        }
    }
}
