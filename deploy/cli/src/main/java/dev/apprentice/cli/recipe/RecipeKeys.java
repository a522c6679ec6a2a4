package dev.apprentice.cli.recipe;

import dev.apprentice.contracts.DataReading;
import dev.apprentice.contracts.DataSource;
import dev.apprentice.contracts.DataSource.Duplicates;
import dev.apprentice.contracts.DataSource.Overlong;
import dev.apprentice.contracts.DataSource.Source;
import dev.apprentice.contracts.ModelSource.Start;
import dev.apprentice.contracts.PromptTemplate;
import dev.apprentice.contracts.Split.Policy;
import dev.apprentice.contracts.Training;
import dev.apprentice.contracts.settings.Described;
import dev.apprentice.contracts.settings.Setting;
import dev.apprentice.contracts.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The keys of a recipe: those of {@code POST /runs}, under their names there, and what {@code tune} says besides. Nothing here is
 * ever filled in; the record describes.
 */
record RecipeKeys(
        @Setting(value = "The run's name", unset = "made of the dataset's and the time") Optional<String> run,
        @Setting(unset = "") Optional<Model> model,
        @Setting(unset = "") Optional<Data> data,
        @Setting(unset = "the textbook's") Optional<Training> training,
        @Setting(unset = "256 tokens") Optional<Generation> generation,
        @Setting(value = "Who grades the test answers: [SERVER:]MODEL[@RUBRIC], several separated by commas", unset = "none")
                Optional<String> judge,
        @Setting(value = "The answers that classification examples may have", unset = "the template's answer_choices")
                Optional<List<String>> labels) {

    /** The keys of a group. Those of {@link DataReading} stand beside what is read. */
    static List<Described> of(Class<? extends Record> group) {
        return Settings.of(group).stream()
                .flatMap(key -> key.type() == DataReading.class ? Settings.of(DataReading.class).stream() : Stream.of(key))
                .toList();
    }

    /** What training starts from. */
    record Model(
            @Setting("The base model: a folder, or hf:organisation/name[@revision]") Optional<String> location,
            @Setting("A checkpoint of another run instead: RUN[@STEP]") Optional<String> from,
            @Setting("Whether the weights of the model or random ones are the first") Optional<Start> start) {}

    /** What is learned. */
    record Data(
            @Setting("The examples: a file, a folder, an http(s) address, or hf:organisation/dataset[@revision][:config/split]") Optional<String> file,
            @Setting(value = "What the examples' dataset is called", unset = "as the file") Optional<String> dataset,
            @Setting(value = "How often an epoch learns each training example of the file: 0.5 for half of them, 2 for each twice", above = 0,
                            max = DataSource.MOST_WEIGHT)
                    Optional<Double> weight,
            @Setting("Further files, each with its weight if that is not 1, as chats.parquet=0.3") Optional<List<String>> also,
            @Setting(value = "A file that measures the loss", unset = "a share of the others") Optional<String> validation,
            @Setting(value = "A file that is asked about", unset = "a share of the others") Optional<String> test,
            @Setting(unset = "") Optional<DataReading> reading,
            @Setting("A bundled prompt style, model for the model's own chat template, or a file that ends with .jinja")
                    Optional<String> promptStyle,
            @Setting("The text of a prompt style whose name ends with .jinja, instead of its file")
                    Optional<Template> promptTemplate,
            @Setting("How examples are shared out") Optional<Shares> split,
            @Setting(value = "Tokens a row may have", unset = "the model's context", min = 2) Optional<Integer> maxLength,
            @Setting("What becomes of longer rows") Optional<Overlong> overlong,
            @Setting("Whether the run learns what the dataset holds, or also what comes later") Optional<Source> source,
            @Setting(value = "Of a stream: how long an example may wait for others, such as 10s", above = 0)
                    Optional<Duration> linger,
            @Setting(value = "Of a stream: the share of every batch that repeats what was learned", min = 0, below = 1)
                    Optional<Double> replay,
            @Setting(value = "Put examples of like length together, so many of the shuffled order at a time", min = 0)
                    Optional<Integer> groupByLength,
            @Setting("Whether an example given again is learned or asked once, or kept") Optional<Duplicates> duplicates,
            @Setting(value = "The share of their text that test and training examples have in common when they are named; 0 does"
                            + " not look", min = 0, max = 1)
                    Optional<Double> nearDuplicates) {}

    /** See {@link PromptTemplate}. */
    record Template(
            @Setting("The Jinja template") Optional<String> text,
            @Setting(value = "sha256: and the digest of the text", unset = "made of the text") Optional<String> digest) {}

    /** See {@link dev.apprentice.contracts.Split}. */
    record Shares(
            @Setting("What decides where an example belongs") Optional<Policy> policy,
            @Setting(value = "The share that trains", above = 0, max = 1) Optional<Double> train,
            @Setting(value = "The share that is asked about", min = 0, below = 1) Optional<Double> test) {}

    /** See {@link dev.apprentice.contracts.RunSpecification.Generation}. */
    record Generation(
            @Setting(value = "Tokens a test answer may have", min = 1, max = 1_000_000) Optional<Integer> maxNewTokens) {}
}
