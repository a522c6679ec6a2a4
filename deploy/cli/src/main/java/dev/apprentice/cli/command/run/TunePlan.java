package dev.apprentice.cli.command.run;

import dev.apprentice.cli.client.DataRequest;
import dev.apprentice.cli.client.Dataset;
import dev.apprentice.cli.client.DatasetClient;
import dev.apprentice.cli.client.RunRequest;
import dev.apprentice.cli.command.data.DataPlace;
import dev.apprentice.cli.command.data.DatasetFiles;
import dev.apprentice.cli.command.option.DatasetName;
import dev.apprentice.cli.command.option.PromptOption;
import dev.apprentice.cli.command.option.TaskOption;
import dev.apprentice.cli.command.option.UserPath;
import dev.apprentice.cli.recipe.Recipe;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.contracts.Checkpoint;
import dev.apprentice.contracts.DataReading;
import dev.apprentice.contracts.Training;
import dev.apprentice.contracts.settings.Described;
import dev.apprentice.contracts.settings.Settings;
import dev.apprentice.local.CommandException;
import dev.apprentice.prompts.task.TaskTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code tune} is to do, as a recipe says it, flags included. */
final class TunePlan {

    private static final String DATA = "data";
    private static final String FILE = "file";
    private static final String MODEL = "model";
    private static final String START = "start";
    private static final String PROMPT_STYLE = "promptStyle";
    private static final String PROMPT_TEMPLATE = "promptTemplate";
    private static final String SEED = "seed";

    /** Keys of the data that say how it is read and written; all others go to trainer-service as they are. */
    private static final Set<String> OWN = Stream.concat(
                    Stream.of(FILE, "dataset", PROMPT_STYLE, PROMPT_TEMPLATE), Settings.of(DataReading.class).stream().map(Described::name))
            .collect(Collectors.toUnmodifiableSet());

    private final Recipe recipe;
    private final DataPlace data;
    private final Optional<TaskTemplate> task;

    /** @throws CommandException if there is no such data, or no such template */
    TunePlan(Recipe recipe) {
        this.recipe = recipe;
        this.data = DataPlace.of(recipe.text(DATA, FILE).orElseThrow(), "--data");
        this.task = recipe.text(DATA, "template").map(TaskOption::of);
    }

    /** What the dataset is called. */
    String dataset(DatasetFiles files, Screen screen) {
        return recipe.text(DATA, "dataset").map(DatasetName::given).orElseGet(() -> data.datasetName(files, screen));
    }

    /** Has dataset-service take the examples in, under this name. */
    Dataset put(String name, DatasetClient datasets, DatasetFiles files, Screen screen) {
        return data.putInto(name, datasets, files, new DataRequest(reading(), Optional.of(seed())));
    }

    /** How the data is to be read, by the names of {@link DataReading}. */
    private Map<String, Object> reading() {
        Map<String, Object> reading = recipe.group(DATA);
        reading.keySet().retainAll(Settings.of(DataReading.class).stream().map(Described::name).toList());
        recipe.text(DATA, "template").filter(TaskOption::isFile).ifPresent(file -> // so that it is found again from anywhere
                reading.put("template", UserPath.of(file).toAbsolutePath().normalize().toString()));
        return reading;
    }

    private long seed() {
        return recipe.group("training").get(SEED) instanceof Number seed ? seed.longValue() : Training.DEFAULTS.seed();
    }

    Optional<String> judge() {
        return recipe.text("judge");
    }

    Optional<String> model() {
        return recipe.text(MODEL, "location");
    }

    Optional<String> from() {
        return recipe.text(MODEL, "from");
    }

    /**
     * The run to ask trainer-service for.
     *
     * @param location where the base model lies
     * @param from the checkpoint that it is, of another run
     */
    RunRequest request(String location, String dataset, Optional<Checkpoint> from) {
        List<String> labels = recipe.texts("labels");
        return new RunRequest(
                recipe.text("run"),
                new RunRequest.Model(location, recipe.text(MODEL, START)),
                data(dataset, from),
                recipe.group("training"),
                recipe.value("generation", "maxNewTokens").map(most -> new RunRequest.Generation((Integer) most)),
                judge(),
                labels.isEmpty() ? task.map(TaskTemplate::answerChoices).orElse(labels) : labels);
    }

    private RunRequest.Data data(String dataset, Optional<Checkpoint> from) {
        RunRequest.Data described = RunRequest.Data.of(dataset)
                .with(FILE, data.again())
                .with("reading", Optional.of(reading()).filter(said -> !said.isEmpty()));
        Optional<String> prompt = recipe.text(DATA, PROMPT_STYLE);
        Optional<Object> template = recipe.value(DATA, PROMPT_TEMPLATE);
        described = template.isPresent()
                ? described.with(PROMPT_STYLE, prompt).with(PROMPT_TEMPLATE, template)
                : PromptOption.in(described, prompt, from);
        Map<String, Object> settings = recipe.group(DATA);
        settings.keySet().removeAll(OWN);
        for (Map.Entry<String, Object> setting : settings.entrySet()) {
            described = described.with(setting.getKey(), Optional.of(setting.getValue()));
        }
        return described;
    }
}
