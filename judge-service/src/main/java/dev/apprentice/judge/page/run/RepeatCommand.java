package dev.apprentice.judge.page.run;

import dev.apprentice.contracts.DataSource;
import dev.apprentice.contracts.DataSource.Duplicates;
import dev.apprentice.contracts.DataSource.Overlong;
import dev.apprentice.contracts.DataSource.Source;
import dev.apprentice.contracts.ModelSource.Start;
import dev.apprentice.contracts.Run;
import dev.apprentice.contracts.RunSpecification;
import dev.apprentice.contracts.RunSpecification.Generation;
import dev.apprentice.contracts.Split;
import dev.apprentice.contracts.Split.Policy;
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
 * @param line for a POSIX shell, options only where a setting is not the default
 * @param beyond settings that differ from the defaults and have no option, as {@code name=value}; with any of these the run
 *     is repeated exactly by sending its specification to trainer-service alone
 */
public record RepeatCommand(String line, List<String> beyond) {

    /** What the textbook's split leaves for validation. */
    private static final double USUAL_VALIDATION = 0.05;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    public RepeatCommand {
        beyond = List.copyOf(beyond);
    }

    public static RepeatCommand of(Run run) {
        RunSpecification asked = run.specification();
        Words words = asked.data().source() == Source.STREAM ? stream(asked) : tune(asked);
        settings(asked.training(), words);
        asked.judge().ifPresent(judge -> words.option("--judge", judge));
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
        data.reading().ifPresent(reading -> settings(reading, words));
        promptStyle(data, words);
        if (data.split().policy() != Split.TEXTBOOK.policy()) {
            words.option("--split", lower(data.split().policy()));
        }
        shareOptions(data.split(), words);
        data.maxLength().ifPresent(length -> words.option("--max-length", length));
        if (data.overlong() != Overlong.TERMINATE) {
            words.option("--overlong", lower(data.overlong()));
        }
        data.groupByLength().filter(window -> window > 0).ifPresent(window -> words.option("--group-by-length", window));
        duplicates(data, words);
        if (!asked.generation().equals(Generation.DEFAULTS)) {
            words.option("--max-new-tokens", asked.generation().maxNewTokens());
        }
        if (asked.labels().stream().anyMatch(label -> label.contains(","))) { // which separates them on the command line
            words.beyond("labels", asked.labels());
        } else if (!asked.labels().isEmpty()) {
            words.option("--labels", String.join(",", asked.labels()));
        }
        return words;
    }

    private static String file(DataSource.Part part) {
        return part.file().orElse(part.dataset() + ".json");
    }

    private static String weighted(String file, Optional<Double> weight) {
        return file + weight.map(often -> "=" + often).orElse("");
    }

    /** Where no file is known its examples came otherwise, and are asked for on standard input. */
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
        data.linger().filter(linger -> !linger.equals(DataSource.DEFAULT_LINGER)).ifPresent(linger ->
                words.option("--linger", time(linger)));
        data.replay().filter(replay -> replay > 0).ifPresent(replay -> words.option("--replay", replay));
        shares(data.split(), words);
        data.maxLength().ifPresent(length -> words.beyond("maxLength", length));
        if (data.overlong() != Overlong.TERMINATE) {
            words.beyond("overlong", lower(data.overlong()));
        }
        if (!asked.generation().equals(Generation.DEFAULTS)) {
            words.beyond("maxNewTokens", asked.generation().maxNewTokens());
        }
        if (!asked.labels().isEmpty()) {
            words.beyond("labels", asked.labels());
        }
        return words;
    }

    private static void promptStyle(DataSource data, Words words) {
        if (!data.promptStyle().equals("alpaca")) {
            words.option("--prompt", data.promptStyle());
        }
    }

    /** Runs from before there was a choice kept duplicates, as the textbook's split does by default. */
    private static void duplicates(DataSource data, Words words) {
        Duplicates kept = data.duplicates().orElse(Duplicates.KEEP);
        Duplicates unsaid = data.split().policy() == Policy.POSITION ? Duplicates.KEEP : Duplicates.ONCE;
        if (kept != unsaid) {
            words.option("--duplicates", lower(kept));
        }
        data.nearDuplicates().filter(share -> share != DataSource.DEFAULT_NEAR_DUPLICATES).ifPresent(share ->
                words.option("--near-duplicates", share));
    }

    private static void shares(Split split, Words words) {
        if (split.train() != Split.TEXTBOOK.train() || split.test() != Split.TEXTBOOK.test()) {
            words.beyond("split", split.train() + "/" + split.test());
        }
    }

    private static void shareOptions(Split split, Words words) {
        if (split.test() != Split.TEXTBOOK.test()) {
            words.option("--test-share", split.test());
        }
        BigDecimal validation = BigDecimal.ONE.subtract(BigDecimal.valueOf(split.train())).subtract(BigDecimal.valueOf(split.test()));
        if (validation.doubleValue() != USUAL_VALIDATION) {
            words.option("--validation-share", validation.max(BigDecimal.ZERO).toPlainString());
        }
    }

    /** Where a setting is not the default. */
    private static void settings(Record settings, Words words) {
        Record defaults = Settings.leastSaid(settings);
        Record unsaid = Settings.unsaid(settings.getClass());
        for (Described described : Settings.of(settings.getClass())) {
            Optional<Object> value = described.in(settings);
            if (value.isPresent() && described.isGroup()) {
                settings((Record) value.get(), words);
            } else if (value.isPresent() && (described.isRequired(unsaid) || !value.equals(described.in(defaults)))) {
                setting(described, value.get(), words);
            }
        }
    }

    private static void setting(Described described, Object value, Words words) {
        String option = described.setting().option();
        if (option.isEmpty()) {
            words.beyond(described.name(), text(value));
        } else if (described.isFlag()) {
            words.flag(option);
        } else if (described.isList() && described.setting().separator().isEmpty()) {
            ((List<?>) value).forEach(each -> words.option(option, each));
        } else {
            words.option(option, text(value));
        }
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

    /** As the command line reads it, such as {@code 2.5s} or {@code 1h30m}. */
    private static String time(Duration time) {
        return time.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The command's words as they come together. */
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
