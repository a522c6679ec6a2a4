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
 * What a run learns from, and how examples become rows of tokens.
 *
 * @param dataset the dataset's name at dataset-service
 * @param promptStyle the name of a bundled prompt style, such as {@code alpaca}; {@code model} for the chat template of the
 *     model's folder; or a name that ends with {@code .jinja} for the template that travels with the run
 * @param split how examples are shared out between training, test and validation
 * @param maxLength rows longer than this many tokens are treated by {@code overlong}; empty means the model's context
 * @param overlong what becomes of an over-long row
 * @param source whether the run learns what the dataset holds when it begins, or also what comes later
 * @param linger of a stream: how long an example may wait for others to fill its batch; empty for a dataset
 * @param replay of a stream: the share of every batch that is drawn from examples learned before, against forgetting, 0
 *     (inclusive) to 1 (exclusive); empty for a dataset
 * @param groupByLength of a dataset: so many examples of the shuffled order at a time are sorted by length before they are
 *     cut into batches, whose order is then shuffled again; empty or 0 leaves the plain shuffle, as the textbook does
 * @param file the file that the examples were read from, where one is known: it is not read again,
 *     it tells people how to repeat the run
 * @param promptTemplate a user's own template; empty for any other style
 * @param duplicates of a dataset: what becomes of an example that says all that an earlier one says; empty, as in runs from
 *     before there was a choice, for {@link Duplicates#KEEP}
 * @param nearDuplicates of a dataset: a test or validation example is named where its instruction, its input and its answer have
 *     at least this share of their text in common with a training example's, 0.5 to 1; empty or 0 for not looking
 * @param reading how that file was read, for repeating the run; empty where it was read in the usual way, or that is not known
 * @param weight how often an epoch learns each of the dataset's training examples: 0.5 for half of them, drawn by the seed, 2 for each
 *     twice; empty for once
 * @param also further datasets, which are shared out together with the first
 * @param validation a dataset that measures the loss, in place of a share of the others
 * @param test a dataset that is asked in the exam, in place of a share of the others
 * @param packTexts of a dataset: whether plain texts are put one behind the other, in an order that the seed gives, each with its
 *     end-of-text, so that they fill rows of {@code maxLength} tokens; a text then sees what stands before it in its row. Empty
 *     or false makes rows of each text by itself
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
     * @param weight how often an epoch learns each of its training examples; empty for once, and of held-out ones
     * @param file the file that it was read from, where that is known
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

    /** How much a held-out example may be like a training example unnamed, where a run that is begun does not say. */
    public static final double DEFAULT_NEAR_DUPLICATES = 0.8;

    /** How long an example of a stream waits for others, where the run does not say. */
    public static final Duration DEFAULT_LINGER = Duration.ofSeconds(10);

    /** Whether the examples have an end. */
    public enum Source {
        /** What the dataset holds when the run begins, {@code training.epochs} times over. */
        DATASET,
        /** What the dataset holds and all that is written to it later, once; such a run ends when it is cancelled. */
        STREAM
    }

    /** What becomes of an example that says all that an earlier one says. */
    public enum Duplicates {
        /** It is left out before anything is shared out, so that all is learned, or asked, once. */
        ONCE,
        /** It is learned, or asked, as often as it is given. */
        KEEP
    }

    /** What becomes of a row longer than {@code maxLength}. */
    public enum Overlong {
        /** Cut at the end; the end-of-text is lost (the textbook's way). */
        TRUNCATE,
        /** Left out. */
        DROP,
        /** Cut, and the end-of-text kept as its last token. */
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

    /** A dataset, learned in the textbook's way. */
    public static DataSource named(String dataset) {
        return DataSourceBuilder.builder().dataset(dataset).build();
    }

    /** With another treatment of duplicates. */
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
            throw new InvalidEventException("field 'data.nearDuplicates' is " + share + "; it must be 0.5 to 1, or 0 for not looking");
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
