package dev.apprentice.trainer.request;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.run.DataReading;
import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.contracts.run.DataSource.Duplicates;
import dev.apprentice.contracts.run.DataSource.Overlong;
import dev.apprentice.contracts.run.DataSource.Source;
import dev.apprentice.contracts.run.DataSourceBuilder;
import dev.apprentice.contracts.run.PromptTemplate;
import dev.apprentice.contracts.run.Split;
import dev.apprentice.prompts.PromptStyle;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A request's data to learn from. See {@link DataSource} for the components. */
@WithinBoundsOf(DataSource.class)
public record DataRequest(
        @NotNull @ValidName String dataset,
        @PromptStyleName @Size(max = 255) String promptStyle,
        @Valid SplitRequest split,
        Integer maxLength,
        @OneOf(Overlong.class) String overlong,
        @OneOf(Source.class) String source,
        Duration linger,
        Double replay,
        Integer groupByLength,
        @Pattern(regexp = "(?s).*\\S.*", message = "must not be blank") @Size(max = 4_096) String file,
        @Valid TemplateRequest promptTemplate,
        @OneOf(Duplicates.class) String duplicates,
        Double nearDuplicates,
        @InRange DataReading reading,
        Double weight,
        @Size(max = 100) List<@Valid PartRequest> also,
        @Valid PartRequest validation,
        @Valid PartRequest test,
        Boolean packTexts) {

    /** A further dataset; see {@link DataSource.Part}. */
    @WithinBoundsOf(DataSource.class)
    public record PartRequest(
            @NotNull @ValidName String dataset,
            Double weight,
            @Pattern(regexp = "(?s).*\\S.*", message = "must not be blank") @Size(max = 4_096) String file) {

        DataSource.Part toPart() {
            return new DataSource.Part(dataset, Optional.ofNullable(weight), Optional.ofNullable(file));
        }
    }

    /**
     * A user's own prompt template.
     *
     * @param digest digest of the text; may be left out
     */
    public record TemplateRequest(@NotNull @Size(min = 1, max = PromptTemplate.MOST_CHARACTERS) String text, String digest) {}

    /**
     * How examples are split. The defaults are the textbook's: 85 % for training and 10 % for tests, by position in the file. A
     * stream is split by hash.
     */
    @WithinBoundsOf(Split.class)
    public record SplitRequest(@OneOf(Split.Policy.class) String policy, Double train, Double test) {

        private static final double VALIDATION = 0.05;

        @AssertTrue(message = "train and test are shares of 1, and together at most 1")
        boolean isShares() {
            return trainShare() > 0 && trainShare() + testShare() <= 1;
        }

        private double trainShare() {
            return train == null ? leftBy(testShare() + VALIDATION, Split.TEXTBOOK.train()) : train;
        }

        private double testShare() {
            return test != null ? test : train == null ? Split.TEXTBOOK.test() : leftBy(train, Split.TEXTBOOK.test());
        }

        /** Returns the usual share, or what the others leave of it, so that a request can name one share alone. */
        private static double leftBy(double others, double usual) {
            return Math.min(usual, Math.round((1 - others) * 1e9) / 1e9);
        }

        Split toSplit(Split unlessGiven) {
            return new Split(
                    policy == null ? unlessGiven.policy() : Split.Policy.valueOf(policy.toUpperCase(Locale.ROOT)),
                    trainShare(),
                    testShare());
        }
    }

    @AssertTrue(message = "split.policy must be hash if source is stream: positions need the number of examples, which a stream does not"
            + " have")
    boolean isSplitThatAStreamCanHave() {
        return !isStream() || split == null || split.policy() == null || split.policy().equalsIgnoreCase(Split.Policy.HASH.name());
    }

    @AssertTrue(message = "linger and replay are for source stream")
    boolean isStreamWhereItSays() {
        return isStream() || linger == null && replay == null;
    }

    @AssertTrue(message = "groupByLength is for a dataset: a stream's examples are learned in the order in which they come")
    boolean isDatasetWhereItIsGrouped() {
        return !isStream() || groupByLength == null || groupByLength == 0;
    }

    @AssertTrue(message = "packTexts is for a dataset: a stream's examples are learned in the order in which they come")
    boolean isDatasetWhereItIsPacked() {
        return !isStream() || packTexts == null || !packTexts;
    }

    @AssertTrue(message = "promptTemplate is for a promptStyle whose name ends with .jinja, which needs one")
    boolean isTemplateWhereItIsNamed() {
        return (promptTemplate != null) == (promptStyle != null && PromptStyle.isFile(promptStyle));
    }

    @AssertTrue(message = "promptTemplate.digest is not that of promptTemplate.text; leave it out or correct it")
    boolean isTemplatesDigest() {
        try {
            toTemplate();
            return true;
        } catch (InvalidEventException e) {
            return promptTemplate.digest() == null; // other checks report what else is wrong with it
        }
    }

    private Optional<PromptTemplate> toTemplate() {
        return Optional.ofNullable(promptTemplate).map(given -> new PromptTemplate(given.text(), given.digest()));
    }

    @AssertTrue(message = "nearDuplicates must be 0.5 to 1, or 0 to turn the search off")
    boolean isNearWhereItLooks() {
        return nearDuplicates == null || nearDuplicates == 0 || nearDuplicates >= 0.5 && nearDuplicates <= 1;
    }

    @AssertTrue(message = "duplicates and nearDuplicates are for a dataset: a stream learns a repeated instruction once anyway, and is"
            + " never complete for a comparison")
    boolean isDatasetWhereItCompares() {
        return !isStream() || duplicates == null && nearDuplicates == null;
    }

    /** Tells whether the shares of training and test leave examples for validation. */
    boolean leavesValidation() {
        return validation != null || split == null || split.trainShare() + split.testShare() < 1;
    }

    @AssertTrue(message = "reading is for a dataset: a stream's examples come as they are")
    boolean isDatasetWhereItIsRead() {
        return !isStream() || reading == null;
    }

    @AssertTrue(message = "weight, also, validation and test are for datasets: a stream has only one dataset, which it splits")
    boolean isDatasetWhereItHasParts() {
        return !isStream() || weight == null && (also == null || also.isEmpty()) && validation == null && test == null;
    }

    @AssertTrue(message = "validation and test have no weight: they are not learned")
    boolean isHeldOutWithoutWeight() {
        return (validation == null || validation.weight() == null) && (test == null || test.weight() == null);
    }

    boolean isStream() {
        return Source.STREAM.name().equalsIgnoreCase(source);
    }

    DataSource toDataSource() {
        DataSource asked = withoutDuplicates();
        if (isStream()) {
            return asked;
        }
        return asked.with(
                duplicates == null
                        ? asked.split().policy() == Split.Policy.POSITION ? Duplicates.KEEP : Duplicates.ONCE
                        : Duplicates.valueOf(duplicates.toUpperCase(Locale.ROOT)),
                nearDuplicates == null ? DataSource.DEFAULT_NEAR_DUPLICATES : nearDuplicates);
    }

    private DataSource withoutDuplicates() {
        return DataSourceBuilder.builder()
                .dataset(dataset)
                .promptStyle(promptStyle == null || PromptStyle.isFile(promptStyle) ? promptStyle : promptStyle.toLowerCase(Locale.ROOT))
                .split(split == null ? null : split.toSplit(isStream() ? Split.STREAM : Split.TEXTBOOK))
                .maxLength(Optional.ofNullable(maxLength))
                .overlong(overlong == null ? null : Overlong.valueOf(overlong.toUpperCase(Locale.ROOT)))
                .source(source == null ? null : Source.valueOf(source.toUpperCase(Locale.ROOT)))
                .linger(Optional.ofNullable(linger))
                .replay(Optional.ofNullable(replay))
                .groupByLength(Optional.ofNullable(groupByLength))
                .file(Optional.ofNullable(file))
                .promptTemplate(toTemplate())
                .reading(Optional.ofNullable(reading))
                .weight(Optional.ofNullable(weight))
                .also(also == null ? List.of() : also.stream().map(PartRequest::toPart).toList())
                .validation(Optional.ofNullable(validation).map(PartRequest::toPart))
                .test(Optional.ofNullable(test).map(PartRequest::toPart))
                .packTexts(Optional.ofNullable(packTexts))
                .build();
    }
}
