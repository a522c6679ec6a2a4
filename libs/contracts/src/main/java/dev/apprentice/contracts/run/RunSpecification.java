package dev.apprentice.contracts.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.apprentice.contracts.Require;
import dev.apprentice.contracts.settings.Setting;
import java.util.List;
import java.util.Optional;

/**
 * The complete specification of a run: which model learns what, how, and who grades it.
 *
 * @param model where the base model lies
 * @param data the data that it learns, and in which form
 * @param training the hyper-parameters
 * @param generation how test prompts are answered
 * @param judge who grades the answers: one judge or several, separated by commas, each {@code [SERVER:]MODEL[@RUBRIC]}. The server
 *     is {@code ollama} (if none is named), {@code openai} (any server that speaks its protocol) or {@code metric} (a reference
 *     metric instead of a model); empty leaves it to judge-service's own configuration
 * @param labels the closed set of answers of classification examples: an exam question whose reference answer is one of these also
 *     counts in accuracy and macro-F1. Several tasks give their labels together: macro-F1 is then the mean over the labels of all
 *     of them
 */
public record RunSpecification(
        ModelSource model,
        DataSource data,
        Training training,
        Generation generation,
        @Setting(
                        value = "Who grades the test answers: [SERVER:]MODEL[@RUBRIC], such as llama3 or openai:qwen3@five-point;"
                                + " several separated by commas",
                        option = "--judge", label = "JUDGE", unset = "judge-service's own")
                Optional<String> judge,
        @Setting(
                        value = "The answers that classification examples may have, for accuracy and macro-F1",
                        option = "--labels", label = "LABEL", unset = "the template's answer_choices")
                @JsonInclude(JsonInclude.Include.NON_EMPTY)
                List<String> labels) {

    public RunSpecification {
        Require.present(model, "specification.model");
        Require.present(data, "specification.data");
        training = training == null ? Training.DEFAULTS : training;
        generation = generation == null ? Generation.DEFAULTS : generation;
        judge = judge == null ? Optional.empty() : judge;
        labels = Require.elements(labels, "labels");
        labels.forEach(label -> Require.text(label, "labels"));
    }

    /** Creates a run with the defaults of everything else. */
    public static RunSpecification of(ModelSource model, DataSource data) {
        return new RunSpecification(model, data, null, null, null, null);
    }

    /** Creates a run without a closed set of answers. */
    public RunSpecification(
            ModelSource model, DataSource data, Training training, Generation generation, Optional<String> judge) {
        this(model, data, training, generation, judge, List.of());
    }

    /**
     * How test prompts are answered: greedily, up to a length.
     *
     * @param maxNewTokens tokens an answer may have, at least 1
     */
    public record Generation(
            @Setting(value = "Tokens a test answer may have", option = "--max-new-tokens", min = 1, max = 1_000_000) int maxNewTokens) {

        public static final Generation DEFAULTS = new Generation(256);

        public Generation {
            Require.atLeast(1, maxNewTokens, "generation.maxNewTokens");
        }
    }
}
