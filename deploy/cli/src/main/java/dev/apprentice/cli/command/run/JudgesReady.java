package dev.apprentice.cli.command.run;

import dev.apprentice.cli.client.JudgeClient;
import dev.apprentice.cli.client.answer.JudgeFinding;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.local.CommandException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks a run's judges once before it starts, so a problem shows before an hour of training. */
public final class JudgesReady {

    private JudgesReady() {}

    /**
     * Checks the named judges; does nothing if none is named.
     *
     * @param later whether the run may start although a judge is away
     * @throws CommandException if a judge cannot grade, unless {@code later} is set and the judge may come back
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
                    + (mayCome ? " --judge-later starts it anyway; its answers then wait for the judge." : ""));
        }
        screen.print(words);
        screen.print("The run starts anyway; its answers wait for the judge.");
    }
}
