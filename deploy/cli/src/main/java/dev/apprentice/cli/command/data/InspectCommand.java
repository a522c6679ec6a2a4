package dev.apprentice.cli.command.data;

import dev.apprentice.cli.Apprentice;
import dev.apprentice.cli.client.DataRequest;
import dev.apprentice.cli.client.DatasetClient;
import dev.apprentice.cli.client.answer.IgnoredFields;
import dev.apprentice.cli.client.answer.Inspection;
import dev.apprentice.cli.client.answer.Inspection.Place;
import dev.apprentice.cli.client.answer.Inspection.Problem;
import dev.apprentice.cli.command.option.JsonOption;
import dev.apprentice.cli.command.option.ModelOption;
import dev.apprentice.cli.command.option.PromptOption;
import dev.apprentice.cli.command.option.ReadingOptions;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.cli.terminal.Words;
import dev.apprentice.local.CommandException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Inspects a file of data before a run learns it. */
@Command(
        name = "inspect",
        description = "Inspects data without storing it: what can be used, what is wrong with the rest and where, duplicates,"
                + " lengths, and how the model will read it.",
        modelTransformer = ReadingOptions.AndRows.class,
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class InspectCommand implements Callable<Integer> {

    private static final int WIDTH = 100;

    @ParentCommand private Apprentice apprentice;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The data: a file, a folder or an address, as for `tune --data`.")
    private String data;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "The base model, a folder or hf:organisation/name; lengths are tokens then (default: characters).")
    private Optional<String> model;

    @Option(names = "--prompt", paramLabel = "STYLE", description = "The prompt style, as for `tune`: a name, model, or a Jinja file of yours (default: alpaca).")
    private Optional<String> prompt;

    @Option(names = "--answer-only", description = "As for a run that learns answers alone.")
    private boolean answerOnly;

    @Mixin private JsonOption json;

    @Override
    public Integer call() {
        DataPlace place = DataPlace.of(data, "FILE");
        Map<String, Object> rows = ReadingOptions.rows(spec);
        if (model.isEmpty() && (prompt.isPresent() || !rows.isEmpty() || answerOnly)) {
            throw new CommandException("--prompt, --max-length, --overlong and --answer-only need --model, since lengths are in"
                    + " its tokens.");
        }
        model.map(ModelOption::new).ifPresent(ModelOption::requireUsable);
        Map<String, String> how = new LinkedHashMap<>();
        model.ifPresent(named -> how.put("model", new ModelOption(named).location(apprentice.screen())));
        rows.forEach((name, value) -> how.put(name, value.toString()));
        if (answerOnly) {
            how.put("maskInstruction", "true");
        }
        Optional<String> template = prompt.flatMap(PromptOption::text);
        DatasetClient datasets = new DatasetClient(apprentice.system().ports());
        template.ifPresent(text -> how.put("promptTemplate", datasets.keepPrompt(text)));
        prompt.ifPresent(style -> how.put("promptStyle", PromptOption.name(style)));
        if (!json.isGiven()) {
            place.sayWaiting(apprentice.screen());
        }
        Inspection inspection = place.inspectedBy(datasets, new DataRequest(ReadingOptions.given(spec), Optional.empty()), how);
        if (json.isGiven()) {
            JsonOption.print(apprentice.screen(), inspection);
        } else {
            print(inspection);
        }
        return 0;
    }

    private void print(Inspection inspection) {
        Screen screen = apprentice.screen();
        screen.print(Words.counted(inspection.entries(), "entry") + ", of which "
                + inspection.examples() + " can be used. Layouts: "
                + inspection.layouts().entrySet().stream()
                        .map(layout -> layout.getValue() + " " + layout.getKey())
                        .collect(Collectors.joining(", ")) + ".");
        if (!inspection.ignoredFields().isEmpty()) {
            screen.print(IgnoredFields.inWords(inspection.ignoredFields()));
        }
        inspection.omissions().ifPresent(omissions -> omissions.inWords().ifPresent(screen::print));
        screen.print(inspection.lengths().inWords());
        inspection.texts().ifPresent(texts -> screen.print(texts.inWords()));
        Map<String, Integer> histogram = new LinkedHashMap<>();
        inspection.lengths().histogram().forEach(part -> histogram.put(part.range(), part.count()));
        BarChart.of(histogram).forEach(screen::print);
        if (!inspection.labels().isEmpty()) {
            screen.print("Answers:");
            BarChart.of(inspection.labels()).forEach(screen::print);
        }
        if (!inspection.languages().isEmpty()) {
            screen.print(languages(inspection.languages()));
        }
        printProblems(inspection, screen);
        if (!inspection.tokens().isEmpty()) {
            screen.print("The first example as the model reads it; " + (screen.isTerminal() ? "green" : "in brackets") + " is learned:\n"
                    + ColouredTokens.of(inspection.tokens(), screen.isTerminal()) + "\nIds: " + ColouredTokens.ids(inspection.tokens()));
        } else {
            inspection.firstAsRead().ifPresent(text -> screen.print(
                    "The first example in Alpaca style; --model and --prompt show another style and the tokens:\n" + text));
        }
    }

    /** Returns a sentence with the languages in English and their shares in percent of the sampled examples. */
    private static String languages(Map<String, Integer> counts) {
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        return "Languages, guessed for " + all + (all == 1 ? " example: " : " examples: ") + counts.entrySet().stream()
                .map(count -> "%s %d %%".formatted(named(count.getKey()), Math.round(100.0 * count.getValue() / all)))
                .collect(Collectors.joining(", ")) + ".";
    }

    private static String named(String code) {
        String name = Locale.forLanguageTag(code).getDisplayLanguage(Locale.ENGLISH);
        return name.isEmpty() ? code : name;
    }

    static void printProblems(Inspection inspection, Screen screen) {
        for (Problem problem : inspection.problems()) {
            screen.print(problem.count() + " × " + problem.what());
            for (Place place : problem.places()) {
                screen.print("    " + place.inWords() + Words.oneLine(place.beginning(), WIDTH));
            }
        }
    }
}
