package dev.apprentice.cli.command.run;

import dev.apprentice.cli.client.JudgeClient;
import dev.apprentice.cli.client.answer.JudgeFinding;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.local.CommandException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks a run's judges once, before the run begins: what is missing is said then, not after an hour of training. */
public final class JudgesReady {

    private JudgesReady() {}

    /**
     * Looks at the judges that are named; at none where there are none.
     *
     * @param later whether a judge may be away when the run begins
     * @throws CommandException if one cannot grade, unless it may come later
     */
    static void require(Optional<String> judge, boolean later, JudgeClient client, Screen screen) {
        List<JudgeFinding> bad = judge.map(client::check).orElse(List.of()).stream()
                .filter(finding -> !finding.ok())
                .toList();
        if (bad.isEmpty()) {
            return;
        }
        String words = bad.stream().map(JudgeFinding::toString).collect(Collectors.joining(System.lineSeparator()));
        boolean mayCome = bad.stream().allMatch(JudgeFinding::mayCome);
        if (!mayCome || !later) {
            throw new CommandException(words + System.lineSeparator() + "No run was started."
                    + (mayCome ? " With --judge-later it begins all the same, and its answers wait for the judge." : ""));
        }
        screen.print(words);
        screen.print("The run begins all the same, and its answers wait for the judge.");
    }
}
