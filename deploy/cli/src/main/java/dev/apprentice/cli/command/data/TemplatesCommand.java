package dev.apprentice.cli.command.data;

import dev.apprentice.cli.Apprentice;
import dev.apprentice.cli.client.DataRequest;
import dev.apprentice.cli.client.DatasetClient;
import dev.apprentice.cli.client.answer.Inspection;
import dev.apprentice.cli.command.option.TaskOption;
import dev.apprentice.cli.terminal.Words;
import dev.apprentice.prompts.task.TaskTemplate;
import dev.apprentice.prompts.task.TaskTemplates;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows the task templates, which make instructions from labelled data. */
@Command(
        name = "templates",
        description = "Shows the task templates, which make instructions of labelled data, and tries one on a file.",
        mixinStandardHelpOptions = true)
public final class TemplatesCommand implements Callable<Integer> {

    @ParentCommand private Apprentice apprentice;

    @Override
    public Integer call() {
        return list();
    }

    @Command(name = "list", description = "Lists the bundled task templates.", mixinStandardHelpOptions = true)
    int list() {
        for (String name : TaskTemplates.names()) {
            TaskTemplate template = TaskTemplates.bundled(name);
            apprentice.screen().print("%-28s %s".formatted(name, template.description()));
        }
        return 0;
    }

    @Command(name = "show", description = "Shows a task template as it is written down.", mixinStandardHelpOptions = true)
    int show(@Parameters(paramLabel = "NAME", description = "A bundled template, or a file that ends with .yaml.") String name) {
        TaskOption.of(name);
        apprentice.screen().print(TaskOption.text(name).stripTrailing());
        return 0;
    }

    @Command(
            name = "try",
            description = "Shows what a task template makes of the first rows of a file.",
            mixinStandardHelpOptions = true)
    int tryOut(
            @Parameters(paramLabel = "FILE", description = "Labelled rows: a file, a folder or an address, as for `tune --data`.")
                    String data,
            @Option(names = "--template", required = true, paramLabel = "NAME", description = "The template.") String name,
            @Option(names = "--field", paramLabel = "FIELD=NAME", description = "What the data calls a field, such as text=review.")
                    List<String> fields,
            @Option(names = "--rows", paramLabel = "N", defaultValue = "3", description = "How many to show (default: 3).")
                    int most) {
        TaskOption.of(name);
        DataRequest how = new DataRequest(
                fields == null ? Map.of("template", name) : Map.of("template", name, "fields", fields), Optional.empty());
        Inspection seen = DataPlace.of(data, "FILE").inspectedBy(
                new DatasetClient(apprentice.system().ports()), how, Map.of("examples", Integer.toString(most)));
        for (Inspection.Example example : seen.sample()) {
            apprentice.screen().print("instruction: " + example.instruction());
            if (!example.input().isEmpty()) {
                apprentice.screen().print("input:       " + example.input());
            }
            apprentice.screen().print("output:      " + example.output());
            apprentice.screen().print("");
        }
        apprentice.screen().print("The template makes " + Words.counted(seen.examples(), "example") + " of " + Words.counted(seen.entries(), "row") + ".");
        InspectCommand.printProblems(seen, apprentice.screen());
        return 0;
    }
}
