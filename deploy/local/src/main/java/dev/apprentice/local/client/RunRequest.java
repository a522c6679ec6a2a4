package dev.apprentice.local.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run as one asks for it; what is left out is up to trainer-service.
 *
 * @param run its name
 * @param model the base model
 * @param data what it learns
 * @param training hyper-parameters by name; see {@link dev.apprentice.contracts.Training}
 * @param generation how test prompts are answered
 * @param judge the judges that grade the answers; see {@link dev.apprentice.contracts.RunSpecification}
 * @param labels the closed set of answers of classification examples
 */
public record RunRequest(
        Optional<String> run,
        Model model,
        Data data,
        Map<String, Object> training,
        Optional<Generation> generation,
        Optional<String> judge,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> labels) {

    /** A run without a closed set of answers. */
    public RunRequest(
            Optional<String> run,
            Model model,
            Data data,
            Map<String, Object> training,
            Optional<Generation> generation,
            Optional<String> judge) {
        this(run, model, data, training, generation, judge, List.of());
    }

    /** See {@link dev.apprentice.contracts.ModelSource}. */
    public record Model(String location, Optional<String> start) {}

    /** See {@link dev.apprentice.contracts.DataSource}. */
    public record Data(
            String dataset,
            Optional<String> promptStyle,
            Optional<Split> split,
            Optional<Integer> maxLength,
            Optional<String> overlong,
            Optional<String> source,
            Optional<Duration> linger,
            Optional<Double> replay,
            Optional<Integer> groupByLength) {

        /** What a dataset holds. */
        public Data(
                String dataset,
                Optional<String> promptStyle,
                Optional<Split> split,
                Optional<Integer> maxLength,
                Optional<String> overlong,
                Optional<Integer> groupByLength) {
            this(
                    dataset,
                    promptStyle,
                    split,
                    maxLength,
                    overlong,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    groupByLength);
        }

        /** What a dataset holds and what comes. */
        public static Data stream(
                String dataset, Optional<String> promptStyle, Optional<Duration> linger, Optional<Double> replay) {
            return new Data(
                    dataset,
                    promptStyle,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("stream"),
                    linger,
                    replay,
                    Optional.empty());
        }

        /** The same, shared out like this. */
        public Data split(Split split) {
            return new Data(
                    dataset,
                    promptStyle,
                    Optional.of(split),
                    maxLength,
                    overlong,
                    source,
                    linger,
                    replay,
                    groupByLength);
        }
    }

    /** See {@link dev.apprentice.contracts.Split}. */
    public record Split(String policy, Optional<Double> train, Optional<Double> test) {

        /** In the textbook's shares. */
        public Split(String policy) {
            this(policy, Optional.empty(), Optional.empty());
        }
    }

    /** See {@link dev.apprentice.contracts.RunSpecification.Generation}. */
    public record Generation(int maxNewTokens) {}
}
