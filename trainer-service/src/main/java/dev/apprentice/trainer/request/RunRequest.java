package dev.apprentice.trainer.request;

import dev.apprentice.contracts.Names;
import dev.apprentice.contracts.run.DataSource.Source;
import dev.apprentice.contracts.run.ModelSource;
import dev.apprentice.contracts.run.ModelSource.Start;
import dev.apprentice.contracts.run.RunSpecification;
import dev.apprentice.contracts.run.RunSpecification.Generation;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.contracts.run.Training.Schedule;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request to start a run.
 *
 * @param run its name; generated if left out
 * @param model the base model
 * @param data the data to learn from
 * @param training hyper-parameters
 * @param generation how test prompts are answered
 * @param judge the judges that grade the answers; see {@link RunSpecification}
 * @param labels the closed set of answers of classification examples
 */
@WithinBoundsOf(RunSpecification.class)
public record RunRequest(
        @ValidName
                @Pattern(
                        regexp = "(?s)(?!" + Names.RESERVED_RUN + "$).*",
                        message = "must not be '" + Names.RESERVED_RUN + "': GET /reports/compare compares runs, so its report"
                                + " could not be asked for; choose another name")
                String run,
        @NotNull @Valid ModelRequest model,
        @NotNull @Valid DataRequest data,
        @InRange Training training,
        @Valid GenerationRequest generation,
        @ValidJudges @Pattern(regexp = "(?s).*\\S.*", message = "must not be blank") String judge,
        List<String> labels) {

    /** A request's base model; see {@link ModelSource}. */
    public record ModelRequest(@NotBlank @Size(max = 4_096) String location, @OneOf(Start.class) String start) {

        ModelSource toModelSource() {
            return new ModelSource(location, start == null ? null : Start.valueOf(start.toUpperCase(Locale.ROOT)));
        }
    }

    /** A request's settings for answers; see {@link Generation}. */
    @WithinBoundsOf(Generation.class)
    public record GenerationRequest(Integer maxNewTokens) {

        Generation toGeneration() {
            return maxNewTokens == null ? Generation.DEFAULTS : new Generation(maxNewTokens);
        }
    }

    @AssertTrue(message = "training.schedule must be constant where data.source is stream: a falling learning rate needs an end")
    boolean isScheduleThatAStreamCanHave() {
        return data == null
                || training == null
                || !Source.STREAM.name().equalsIgnoreCase(data.source())
                || training.schedule() == Schedule.CONSTANT;
    }

    @AssertTrue(message = "training.lora.merge must be true if model.start is random: an adapter needs its base model, and random weights"
            + " are not saved; set it, or start from the model's weights")
    boolean isAdapterOfAModelThatCanBeNamed() {
        return model == null
                || training == null
                || training.lora().isEmpty()
                || training.lora().get().merge()
                || !Start.RANDOM.name().equalsIgnoreCase(model.start());
    }

    @AssertTrue(message = "training.patience is for a dataset: a stream has no end before which training could stop")
    boolean isPatienceWithSomethingThatEnds() {
        return training == null || training.patience().isEmpty() || data == null || !data.isStream();
    }

    @AssertTrue(message = "training.patience needs validation examples; give data.split shares that leave some")
    boolean isPatienceWithValidation() {
        return training == null || training.patience().isEmpty() || data == null || data.leavesValidation();
    }

    public RunSpecification toSpecification() {
        return new RunSpecification(
                model.toModelSource(),
                data.toDataSource(),
                training,
                generation == null ? null : generation.toGeneration(),
                Optional.ofNullable(judge),
                labels);
    }
}
