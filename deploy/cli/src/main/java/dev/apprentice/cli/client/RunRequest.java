package dev.apprentice.cli.client;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A run as one asks for it; what is left out is up to trainer-service.
 *
 * @param run its name
 * @param model the base model
 * @param data what it learns
 * @param training hyper-parameters by name; see {@link dev.apprentice.contracts.run.Training}
 * @param generation how test prompts are answered, by name; see {@link dev.apprentice.contracts.run.RunSpecification.Generation}
 * @param grading who grades the answers and how, by the names of {@link dev.apprentice.contracts.run.RunSpecification}
 */
public record RunRequest(
        Optional<String> run,
        Model model,
        Data data,
        Map<String, Object> training,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> generation,
        @JsonAnyGetter Map<String, Object> grading) {

    /** See {@link dev.apprentice.contracts.run.ModelSource}. */
    public record Model(String location, Optional<String> start) {}

    /**
     * A dataset, and how a run uses it.
     *
     * @param settings by the names of {@link dev.apprentice.contracts.run.DataSource}
     */
    public record Data(String dataset, @JsonAnyGetter Map<String, Object> settings) {

        /** What a dataset holds, in the textbook's way. */
        public static Data of(String dataset) {
            return new Data(dataset, Map.of());
        }

        /** What a dataset holds and what comes. */
        public static Data stream(String dataset) {
            return of(dataset).with("source", Optional.of("stream"));
        }

        /** A copy with this setting, where there is a value for it. */
        public Data with(String setting, Optional<?> value) {
            Map<String, Object> all = new LinkedHashMap<>(settings);
            value.ifPresent(given -> all.put(setting, given));
            return new Data(dataset, all);
        }

        /** With these settings besides. */
        public Data with(Map<String, Object> more) {
            Map<String, Object> all = new LinkedHashMap<>(settings);
            all.putAll(more);
            return new Data(dataset, all);
        }

        /** With this file: a run names it so that it is found again from anywhere on the machine. */
        public Data from(Path file) {
            return with("file", Optional.of(file.toAbsolutePath().normalize().toString()));
        }
    }
}
