package dev.apprentice.cli.command.run;

import dev.apprentice.cli.client.DataRequest;
import dev.apprentice.cli.client.DatasetClient;
import dev.apprentice.cli.client.RunRequest;
import dev.apprentice.cli.client.answer.PutDataset;
import dev.apprentice.cli.command.data.DataPlace;
import dev.apprentice.cli.command.data.DatasetSources;
import dev.apprentice.cli.command.data.WeightedPlace;
import dev.apprentice.cli.command.option.DatasetName;
import dev.apprentice.cli.command.option.PromptOption;
import dev.apprentice.cli.command.option.TaskOption;
import dev.apprentice.cli.command.option.UserPath;
import dev.apprentice.cli.recipe.Recipe;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.run.DataReading;
import dev.apprentice.contracts.run.RunSpecification;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.contracts.settings.Described;
import dev.apprentice.contracts.settings.Settings;
import dev.apprentice.local.CommandException;
import dev.apprentice.prompts.task.TaskTemplate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code tune} does, read from a recipe that includes the flags. */
final class TunePlan {

    private static final String DATA = "data";
    private static final String FILE = "file";
    private static final String ALSO = "also";
    private static final String VALIDATION = "validation";
    private static final String TEST = "test";
    private static final String MODEL = "model";
    private static final String START = "start";
    private static final String PROMPT_STYLE = "promptStyle";
    private static final String PROMPT_TEMPLATE = "promptTemplate";
    private static final String SEED = "seed";
    private static final String LABELS = "labels";

    /** Keys of the data that this class handles; all others go to trainer-service unchanged. */
    private static final Set<String> OWN = Stream.concat(
                    Stream.of(FILE, "dataset", ALSO, VALIDATION, TEST, PROMPT_STYLE, PROMPT_TEMPLATE), Settings.of(DataReading.class).stream().map(Described::name))
            .collect(Collectors.toUnmodifiableSet());

    private final Recipe recipe;
    private final DataPlace data;
    private final Map<String, PlannedPart> heldOut = new LinkedHashMap<>();
    private final List<PlannedPart> also;
    private final Optional<TaskTemplate> task;

    /** Reads the plan. @throws CommandException if there is no such data, or no such template */
    TunePlan(Recipe recipe) {
        this.recipe = recipe;
        this.data = DataPlace.of(recipe.text(DATA, FILE).orElseThrow(), "--data");
        this.also = recipe.texts(DATA, ALSO).stream()
                .map(WeightedPlace::of)
                .map(part -> new PlannedPart(DataPlace.of(part.text(), "--data"), part.weight()))
                .toList();
        for (String part : List.of(VALIDATION, TEST)) {
            recipe.text(DATA, part).ifPresent(text ->
                    heldOut.put(part, new PlannedPart(DataPlace.of(text, "--" + part), Optional.empty())));
        }
        this.task = recipe.text(DATA, "template").map(TaskOption::of);
    }

    /** A further dataset. */
    private record PlannedPart(DataPlace place, Optional<Double> weight) {

        /** Returns its description for the request. */
        Map<String, Object> described(DatasetSources sources, Screen screen) {
            Map<String, Object> part = new LinkedHashMap<>();
            part.put("dataset", place.datasetName(sources, screen));
            weight.ifPresent(often -> part.put("weight", often));
            place.again().ifPresent(file -> part.put(FILE, file));
            return part;
        }
    }

    /** Returns the name of the run's own dataset. */
    String dataset(DatasetSources sources, Screen screen) {
        return recipe.text(DATA, "dataset").map(DatasetName::given).orElseGet(() -> data.datasetName(sources, screen));
    }

    /** Has dataset-service read all of the run's data; its own dataset gets this name. */
    List<PutDataset> put(String name, RunRequest request, DatasetClient datasets, DatasetSources sources, Screen screen) {
        DataRequest how = new DataRequest(reading(), Optional.of(seed()));
        List<PutDataset> put = new ArrayList<>(List.of(data.putInto(name, datasets, sources, how, screen)));
        List<?> described = (List<?>) request.data().settings().getOrDefault(ALSO, List.of());
        for (int i = 0; i < also.size(); i++) {
            put.add(also.get(i).place().putInto(nameOf(described.get(i)), datasets, sources, how, screen));
        }
        heldOut.forEach((part, planned) -> put.add(
                planned.place().putInto(nameOf(request.data().settings().get(part)), datasets, sources, how.withoutSample(), screen)));
        return put;
    }

    private static String nameOf(Object described) {
        return ((Map<?, ?>) described).get("dataset").toString();
    }

    /** Returns how the data is read, by the names of {@link DataReading}. */
    private Map<String, Object> reading() {
        Map<String, Object> reading = recipe.group(DATA);
        reading.keySet().retainAll(Settings.of(DataReading.class).stream().map(Described::name).toList());
        recipe.text(DATA, "template").filter(TaskOption::isFile).ifPresent(file -> // absolute, so the run can be repeated from any folder
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
     * Returns the request for trainer-service.
     *
     * @param location where the base model is
     * @param from the checkpoint of another run that is the base model; empty for none
     * @throws CommandException if two of its datasets would have one name
     */
    RunRequest request(String location, String dataset, Optional<Checkpoint> from, DatasetSources sources, Screen screen) {
        return new RunRequest(
                recipe.text("run"),
                new RunRequest.Model(location, recipe.text(MODEL, START)),
                data(dataset, from, sources, screen),
                recipe.group("training"),
                recipe.group("generation"),
                grading());
    }

    private Map<String, Object> grading() {
        Map<String, Object> grading = new LinkedHashMap<>();
        task.map(TaskTemplate::answerChoices).ifPresent(choices -> grading.put(LABELS, choices));
        Settings.of(RunSpecification.class).forEach(setting ->
                recipe.value(setting.name()).ifPresent(said -> grading.put(setting.name(), said)));
        return grading;
    }

    private RunRequest.Data data(String dataset, Optional<Checkpoint> from, DatasetSources sources, Screen screen) {
        RunRequest.Data described = RunRequest.Data.of(dataset)
                .with(FILE, data.again())
                .with("reading", Optional.of(reading()).filter(said -> !said.isEmpty()));
        List<Map<String, Object>> more = also.stream().map(part -> part.described(sources, screen)).toList();
        described = described.with(ALSO, Optional.of(more).filter(some -> !some.isEmpty()));
        List<String> names = new ArrayList<>(List.of(dataset));
        more.forEach(part -> names.add(nameOf(part)));
        for (Map.Entry<String, PlannedPart> part : heldOut.entrySet()) {
            Map<String, Object> one = part.getValue().described(sources, screen);
            names.add(nameOf(one));
            described = described.with(part.getKey(), Optional.of(one));
        }
        requireDifferent(names);
        Optional<String> prompt = recipe.text(DATA, PROMPT_STYLE);
        Optional<Object> template = recipe.value(DATA, PROMPT_TEMPLATE);
        described = template.isPresent()
                ? described.with(PROMPT_STYLE, prompt).with(PROMPT_TEMPLATE, template)
                : PromptOption.in(described, prompt, from);
        Map<String, Object> settings = recipe.group(DATA);
        settings.keySet().removeAll(OWN);
        return described.with(settings);
    }

    /** Requires distinct names, since one dataset would replace the other. */
    private static void requireDifferent(List<String> names) {
        names.stream().filter(name -> Collections.frequency(names, name) > 1).findFirst().ifPresent(name -> {
            throw new CommandException("Two files of this run would both become dataset " + name + "; name each file once,"
                    + " rename one, or name the first one's dataset with --dataset.");
        });
    }
}
