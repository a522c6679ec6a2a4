package dev.apprentice.cli.client;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request for a run; trainer-service chooses what is left out.
 *
 * @param run the run's name
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

    /** The base model; see {@link dev.apprentice.contracts.run.ModelSource}. */
    public record Model(String location, Optional<String> start) {}

    /**
     * A dataset, and how a run uses it.
     *
     * @param settings by the names of {@link dev.apprentice.contracts.run.DataSource}
     */
    public record Data(String dataset, @JsonAnyGetter Map<String, Object> settings) {

        /** Returns a use of the dataset with the default settings. */
        public static Data of(String dataset) {
            return new Data(dataset, Map.of());
        }

        /** Returns a use of the dataset's examples and of all that are streamed into it later. */
        public static Data stream(String dataset) {
            return of(dataset).with("source", Optional.of("stream"));
        }

        /** Returns a copy with this setting, if there is a value for it. */
        public Data with(String setting, Optional<?> value) {
            Map<String, Object> all = new LinkedHashMap<>(settings);
            value.ifPresent(given -> all.put(setting, given));
            return new Data(dataset, all);
        }

        /** Returns a copy with these settings added. */
        public Data with(Map<String, Object> more) {
            Map<String, Object> all = new LinkedHashMap<>(settings);
            all.putAll(more);
            return new Data(dataset, all);
        }

        /** Returns a copy with this file, as an absolute path, so it can be found from any folder of the machine. */
        public Data from(Path file) {
            return with("file", Optional.of(file.toAbsolutePath().normalize().toString()));
        }
    }
}
