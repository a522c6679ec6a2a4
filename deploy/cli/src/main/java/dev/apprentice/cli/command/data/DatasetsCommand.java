package dev.apprentice.cli.command.data;

import dev.apprentice.cli.Apprentice;
import dev.apprentice.cli.client.DatasetClient;
import dev.apprentice.cli.client.answer.Dataset;
import dev.apprentice.cli.client.answer.Reject;
import dev.apprentice.cli.command.option.JsonOption;
import dev.apprentice.cli.terminal.Columns;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.cli.terminal.Words;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Lists, shows and deletes the datasets that dataset-service keeps. */
@Command(
        name = "datasets",
        description = "Lists the datasets that dataset-service keeps, shows one or what was left out of it, or deletes it.",
        synopsisSubcommandLabel = "(list | show | rejects | delete)",
        mixinStandardHelpOptions = true)
public final class DatasetsCommand implements Runnable {

    private static final List<String> HEAD = List.of("DATASET", "VERSION", "EXAMPLES", "CHANGED", "FROM");

    private static final int WIDTH = 100;

    @ParentCommand private Apprentice apprentice;

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a subcommand: list, show, rejects or delete.");
    }

    @Command(description = "Lists them by name: version, examples, when they changed and where they came from.",
            mixinStandardHelpOptions = true)
    int list(@Mixin JsonOption json) {
        List<Dataset> all = client().all();
        if (json.isGiven()) {
            JsonOption.print(screen(), all);
        } else if (all.isEmpty()) {
            screen().print("There are no datasets yet; `apprentice tune` makes one.");
        } else {
            List<List<String>> rows = new ArrayList<>(List.of(HEAD));
            all.forEach(dataset -> rows.add(row(dataset)));
            Columns.align(rows).forEach(screen()::print);
        }
        return 0;
    }

    @Command(description = "Shows a dataset: layouts, rejected entries, duplicates, and the digest of its content and reading"
            + " settings.",
            mixinStandardHelpOptions = true)
    int show(@Parameters(paramLabel = "NAME", description = "The dataset.") String name, @Mixin JsonOption json) {
        Dataset dataset = client().get(name);
        if (json.isGiven()) {
            JsonOption.print(screen(), dataset);
            return 0;
        }
        screen().print(dataset.inWords());
        screen().print("Version " + dataset.version() + " of " + changed(dataset) + ", from " + dataset.source().orElse("?") + ".");
        dataset.lineage().ifPresent(lineage -> screen().print("Digest of content and reading settings: " + lineage));
        return 0;
    }

    @Command(description = "Shows the entries that were left out of a dataset: the place of each, the reason, and how it begins.",
            mixinStandardHelpOptions = true)
    int rejects(@Parameters(paramLabel = "NAME", description = "The dataset.") String name) {
        try (Stream<Reject> rejects = client().rejects(name)) {
            rejects.forEach(reject -> {
                screen().print(reject.inWords());
                screen().print("    " + Words.oneLine(reject.content(), WIDTH));
            });
        }
        return 0;
    }

    @Command(description = "Deletes a dataset; runs that have already started keep their data.", mixinStandardHelpOptions = true)
    int delete(@Parameters(paramLabel = "NAME", description = "The dataset.") String name) {
        Dataset deleted = client().delete(name);
        screen().print("Dataset " + name + " with " + Words.counted(deleted.examples(), "example") + " is deleted; runs that"
                + " have already started keep their data.");
        return 0;
    }

    private static List<String> row(Dataset dataset) {
        return List.of(dataset.name(), Integer.toString(dataset.version()), Integer.toString(dataset.examples()), changed(dataset),
                dataset.source().orElse(""));
    }

    private static String changed(Dataset dataset) {
        return dataset.updatedAt().map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("");
    }

    private DatasetClient client() {
        return new DatasetClient(apprentice.system().ports());
    }

    private Screen screen() {
        return apprentice.screen();
    }
}
