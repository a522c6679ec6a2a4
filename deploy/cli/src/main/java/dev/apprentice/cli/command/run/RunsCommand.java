package dev.apprentice.cli.command.run;

import dev.apprentice.cli.Apprentice;
import dev.apprentice.cli.client.JudgeClient;
import dev.apprentice.cli.client.TrainerClient;
import dev.apprentice.cli.client.answer.GradedRun;
import dev.apprentice.cli.client.answer.RunStatus;
import dev.apprentice.cli.command.option.JsonOption;
import dev.apprentice.cli.report.RunRow;
import dev.apprentice.cli.terminal.Columns;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.system.Ports;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Lists the runs. */
@Command(
        name = "runs",
        description = "Lists the runs, oldest first: how far each is, its loss, its best score, and which of its checkpoints"
                + " are still there.",
        mixinStandardHelpOptions = true)
public final class RunsCommand implements Callable<Integer> {

    @ParentCommand private Apprentice apprentice;

    @Mixin private JsonOption json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        Ports ports = apprentice.system().ports();
        Map<String, GradedRun> grades = grades(new JudgeClient(ports));
        List<RunRow> rows = new TrainerClient(ports).runs().stream()
                .map(run -> row(run, grades))
                .toList();
        if (json.isGiven()) {
            JsonOption.print(apprentice.screen(), rows);
        } else {
            print(rows);
            judges(new JudgeClient(ports), grades);
        }
        return 0;
    }

    /** Prints the judges that do not grade; nothing if no grades are known, as when judge-service did not answer before. */
    private void judges(JudgeClient judge, Map<String, GradedRun> grades) {
        if (grades.isEmpty()) {
            return;
        }
        try {
            judge.judges().stream().filter(each -> !each.grades()).forEach(each -> apprentice.screen().print(each.toString()));
        } catch (CommandException e) {
            spec.commandLine().getErr().println(e.getMessage() + " Whether judges grade is not known.");
        }
    }

    private static RunRow row(RunStatus run, Map<String, GradedRun> grades) {
        return RunRow.of(run, Optional.ofNullable(grades.get(run.run())));
    }

    /** Returns the runs' grades by run; prints a note and returns none if judge-service does not answer. */
    private Map<String, GradedRun> grades(JudgeClient judge) {
        try {
            return judge.runs().stream().collect(Collectors.toMap(GradedRun::run, Function.identity()));
        } catch (CommandException e) {
            spec.commandLine().getErr().println(e.getMessage() + " Scores and whether a run is complete are not known.");
            return Map.of();
        }
    }

    private void print(List<RunRow> rows) {
        Screen screen = apprentice.screen();
        if (rows.isEmpty()) {
            screen.print("There are no runs yet; start one with `apprentice tune`.");
            return;
        }
        List<List<String>> cells = new ArrayList<>(List.of(RunRow.HEAD));
        rows.forEach(row -> cells.add(row.cells()));
        List<String> lines = Columns.align(cells);
        screen.print(lines.get(0));
        for (int i = 0; i < rows.size(); i++) {
            screen.print(lines.get(i + 1));
            rows.get(i).remark().ifPresent(words -> screen.print("  " + OptionNames.in(words)));
        }
    }
}
