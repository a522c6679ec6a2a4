package dev.apprentice.cli.recipe;

import dev.apprentice.contracts.run.DataReading;
import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.contracts.run.ModelSource.Start;
import dev.apprentice.contracts.run.PromptTemplate;
import dev.apprentice.contracts.run.RunSpecification;
import dev.apprentice.contracts.run.RunSpecification.Generation;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.contracts.settings.Described;
import dev.apprentice.contracts.settings.Setting;
import dev.apprentice.contracts.settings.Settings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The keys of a recipe: those of {@code POST /runs}, under the same names, and those that {@code tune} adds. This record only
 * describes them; it has no instances.
 */
record RecipeKeys(
        @Setting(value = "The run's name", unset = "made of the dataset's and the time") Optional<String> run,
        @Setting(unset = "") Optional<Model> model,
        @Setting(unset = "") Optional<Data> data,
        @Setting(unset = "the textbook's") Optional<Training> training,
        @Setting(unset = "256 tokens") Optional<Generation> generation,
        @Setting(unset = "") Optional<RunSpecification> grading) {

    private static final Set<Class<?>> OPENED = Set.of(DataReading.class, DataSource.class, RunSpecification.class);

    /** Returns the keys of a group. Keys for reading and learning data are in the group {@code data}, and keys for grading at the top. */
    static List<Described> of(Class<? extends Record> group) {
        return Settings.of(group).stream()
                .flatMap(key -> OPENED.contains(key.type()) ? of(key.type().asSubclass(Record.class)).stream() : Stream.of(key))
                .toList();
    }

    /** The model that training starts from. */
    record Model(
            @Setting("The base model: a folder, or hf:organisation/name[@revision]") Optional<String> location,
            @Setting("A checkpoint of another run instead: RUN[@STEP]") Optional<String> from,
            @Setting("Whether training starts from the model's weights or from random ones") Optional<Start> start) {}

    /** The data that is learned. */
    record Data(
            @Setting("The examples: a file, a folder, an http(s) or s3 address, or hf:organisation/dataset[@revision][:config/split]") Optional<String> file,
            @Setting(value = "The name of the examples' dataset", unset = "the file's") Optional<String> dataset,
            @Setting("Further files, each with its weight if that is not 1, as chats.parquet=0.3") Optional<List<String>> also,
            @Setting(value = "The validation examples, a file", unset = "a share of the others") Optional<String> validation,
            @Setting(value = "The test examples, a file", unset = "a share of the others") Optional<String> test,
            @Setting(unset = "") Optional<DataReading> reading,
            @Setting("A bundled prompt style, model for the model's own chat template, or a file that ends with .jinja")
                    Optional<String> promptStyle,
            @Setting("The text of a prompt style whose name ends with .jinja, instead of its file")
                    Optional<Template> promptTemplate,
            @Setting(unset = "") Optional<DataSource> learned) {}

    /** A prompt template; see {@link PromptTemplate}. */
    record Template(
            @Setting("The Jinja template") Optional<String> text,
            @Setting(value = "sha256: and the digest of the text", unset = "made of the text") Optional<String> digest) {}
}
