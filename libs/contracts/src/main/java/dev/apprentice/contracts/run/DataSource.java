package dev.apprentice.contracts.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.apprentice.contracts.Built;
import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.Require;
import dev.apprentice.contracts.settings.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The data that a run learns from, and how examples become rows of tokens.
 *
 * @param dataset the dataset's name at dataset-service
 * @param promptStyle the name of a bundled prompt style, such as {@code alpaca}; {@code model} for the chat template of the model's
 *     folder; or a name that ends with {@code .jinja} for the template that travels with the run
 * @param split how examples are split into training, test and validation
 * @param maxLength the most tokens of a row; {@code overlong} says what happens to longer ones; empty means the model's context
 * @param overlong what happens to a row that is too long
 * @param source whether the run learns what the dataset holds when it begins, or also what comes later
 * @param linger of a stream: how long an example may wait for others to fill its batch; empty for a dataset
 * @param replay of a stream: the share of every batch that is drawn from examples learned before, against forgetting, 0 (inclusive)
 *     to 1 (exclusive); empty for a dataset
 * @param groupByLength of a dataset: how many examples of the shuffled order are sorted by length at a time before they are cut
 *     into batches, whose order is then shuffled again; empty or 0 for the plain shuffle, as the textbook does
 * @param file the file that the examples were read from, if known; it is not read again, but tells people how to repeat the run
 * @param promptTemplate a user's own template; empty for any other style
 * @param duplicates of a dataset: what happens to an exact duplicate of an earlier example; empty means {@link Duplicates#KEEP}, as
 *     in runs of versions without this field
 * @param nearDuplicates of a dataset: a test or validation example is named if its instruction, input and answer share at least
 *     this much of their text with a training example's, 0.5 to 1; empty or 0 turns this check off
 * @param reading how that file was read, for repeating the run; empty if it was read by the defaults, or if that is not known
 * @param weight how often an epoch learns each of the dataset's training examples: 0.5 for half of them, drawn by the seed, 2 for
 *     each twice; empty for once
 * @param also further datasets, which are split together with the first
 * @param validation a dataset that measures the loss, in place of a share of the others
 * @param test a dataset that is asked in the exam, in place of a share of the others
 * @param packTexts of a dataset: whether plain texts are concatenated, in an order drawn by the seed and each with its end-of-text,
 *     to fill rows of {@code maxLength} tokens. A text then attends to what precedes it in its row. Empty or false makes rows of
 *     each text alone
 */
@Built
public record DataSource(
        String dataset,
        String promptStyle,
        @Setting("How examples are shared out") Split split,
        @Setting(value = "Tokens a row may have", option = "--max-length", unset = "the model's context", min = 2)
                Optional<Integer> maxLength,
        @Setting(value = "What becomes of longer rows", option = "--overlong", label = "POLICY") Overlong overlong,
        @Setting("Whether the run learns what the dataset holds, or also what comes later") Source source,
        @Setting(value = "How long an example may wait for others to fill its batch, such as 2s or 1m", option = "--linger",
                        label = "TIME", unset = "10s", above = 0, of = Source.STREAM)
                Optional<Duration> linger,
        @Setting(value = "The share of every batch that repeats what was learned before, against forgetting", option = "--replay",
                        label = "SHARE", unset = "0", min = 0, below = 1, of = Source.STREAM)
                Optional<Double> replay,
        @Setting(value = "Put examples of like length together, so many of the shuffled order at a time", option = "--group-by-length",
                        unset = "plain shuffle", min = 0, of = Source.DATASET)
                Optional<Integer> groupByLength,
        Optional<String> file,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<PromptTemplate> promptTemplate,
        @Setting(value = "Learn or ask an example given again once, or keep it", option = "--duplicates", label = "POLICY",
                        unset = "once; keep with split position", of = Source.DATASET)
                Optional<Duplicates> duplicates,
        @Setting(value = "Name test and validation examples that have this share of their text in common with a training example,"
                        + " 0.5 to 1; 0 does not look", option = "--near-duplicates", label = "SHARE", unset = "0.8", min = 0, max = 1,
                        of = Source.DATASET)
                Optional<Double> nearDuplicates,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<DataReading> reading,
        @Setting(value = "How often an epoch learns each of the dataset's training examples: 0.5 for half of them, 2 for each twice",
                        unset = "1", above = 0, max = MOST_WEIGHT, of = Source.DATASET)
                @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Double> weight,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Part> also,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Part> validation,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Part> test,
        @Setting(value = "Fill rows with plain texts, one behind the other in an order drawn by the seed", option = "--pack-texts",
                        unset = "each text has rows of its own", of = Source.DATASET)
                @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Boolean> packTexts) {

    /** The greatest weight of a dataset. */
    public static final double MOST_WEIGHT = 1_000;

    /**
     * A further dataset of a run.
     *
     * @param dataset its name at dataset-service
     * @param weight how often an epoch learns each of its training examples; empty for once, and for held-out datasets
     * @param file the file that it was read from, if known
     */
    public record Part(
            String dataset,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Double> weight,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<String> file) {

        public Part {
            Require.name(dataset, "data.also.dataset");
            weight.ifPresent(often -> requireWeight(often, "data.also.weight"));
        }
    }

    /** The default of {@code nearDuplicates} for new runs. */
    public static final double DEFAULT_NEAR_DUPLICATES = 0.8;

    /** The default of {@code linger}. */
    public static final Duration DEFAULT_LINGER = Duration.ofSeconds(10);

    /** Whether the examples end. */
    public enum Source {
        /** What the dataset holds when the run begins, {@code training.epochs} times over. */
        DATASET,
        /** What the dataset holds and all that is written to it later, each once. Such a run ends when it is cancelled. */
        STREAM
    }

    /** What happens to an exact duplicate of an earlier example. */
    public enum Duplicates {
        /** It is left out before the split, so each example is learned, or asked, once. */
        ONCE,
        /** It is learned, or asked, as often as it is given. */
        KEEP
    }

    /** What happens to a row longer than {@code maxLength}. */
    public enum Overlong {
        /** Truncated at the end, so the end-of-text is lost (as in the textbook). */
        TRUNCATE,
        /** Left out. */
        DROP,
        /** Truncated, with the end-of-text kept as its last token. */
        TERMINATE
    }

    public DataSource {
        Require.name(dataset, "data.dataset");
        promptStyle = promptStyle == null ? "alpaca" : Require.text(promptStyle, "data.promptStyle");
        source = source == null ? Source.DATASET : source;
        split = split == null ? (source == Source.STREAM ? Split.STREAM : Split.TEXTBOOK) : split;
        maxLength.ifPresent(length -> Require.atLeast(2, length, "data.maxLength"));
        overlong = overlong == null ? Overlong.TERMINATE : overlong;
        groupByLength.ifPresent(window -> Require.atLeast(0, window, "data.groupByLength"));
        file.ifPresent(name -> Require.text(name, "data.file"));
        nearDuplicates.ifPresent(DataSource::requireNearDuplicates);
        weight.ifPresent(often -> requireWeight(often, "data.weight"));
        also = Require.elements(also, "data.also");
        packTexts = packTexts.filter(yes -> yes);
        if (source == Source.STREAM) {
            linger = linger.or(() -> Optional.of(DEFAULT_LINGER));
            replay = replay.or(() -> Optional.of(0.0));
            requireStream(split, linger.get(), replay.get());
        }
    }

    /** Creates the data of a run that learns one dataset as the textbook does. */
    public static DataSource named(String dataset) {
        return DataSourceBuilder.builder().dataset(dataset).build();
    }

    /** Returns this data with another treatment of duplicates. */
    public DataSource with(Duplicates duplicates, double nearDuplicates) {
        return DataSourceBuilder.builder(this).duplicates(duplicates).nearDuplicates(nearDuplicates).build();
    }

    private static void requireWeight(double weight, String field) {
        if (!(weight > 0 && weight <= MOST_WEIGHT)) {
            throw new InvalidEventException("field '" + field + "' is " + weight + "; it must be above 0 and at most "
                    + (int) MOST_WEIGHT);
        }
    }

    private static void requireNearDuplicates(double share) {
        if (share != 0 && !(share >= 0.5 && share <= 1)) {
            throw new InvalidEventException("field 'data.nearDuplicates' is " + share + "; it must be 0.5 to 1, or 0 to turn the search"
                    + " off");
        }
    }

    private static void requireStream(Split split, Duration linger, double replay) {
        if (split.policy() != Split.Policy.HASH) {
            throw new InvalidEventException("field 'data.split.policy' is " + split.policy()
                    + "; a stream has no end to count shares by, it needs HASH");
        }
        if (linger.isNegative() || linger.isZero()) {
            throw new InvalidEventException("field 'data.linger' is " + linger + "; it must be a duration above zero, such as PT10S");
        }
        if (!(replay >= 0 && replay < 1)) {
            throw new InvalidEventException(
                    "field 'data.replay' is " + replay + "; it must be at least 0 and below 1");
        }
    }
}
