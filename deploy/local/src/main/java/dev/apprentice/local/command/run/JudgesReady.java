package dev.apprentice.local.command.run;

import dev.apprentice.local.CommandException;
import dev.apprentice.local.client.JudgeClient;
import dev.apprentice.local.client.JudgeFinding;
import dev.apprentice.local.terminal.Screen;
import java.util.List;
import java.util.stream.Collectors;

/** Asks a run's judges once, before the run begins: what is missing is said then, not after an hour of training. */
public final class JudgesReady {

    private JudgesReady() {}

    /**
     * Looks at the judges that the options name; at none where they name none.
     *
     * @throws CommandException if one cannot grade, unless the options say that it may come later
     */
    static void require(RunOptions options, JudgeClient client, Screen screen) {
        List<JudgeFinding> bad = options.judge().map(client::check).orElse(List.of()).stream()
                .filter(finding -> !finding.ok())
                .toList();
        if (bad.isEmpty()) {
            return;
        }
        String words = bad.stream().map(JudgeFinding::toString).collect(Collectors.joining(System.lineSeparator()));
        boolean mayCome = bad.stream().allMatch(JudgeFinding::mayCome);
        if (!mayCome || !options.judgeLater()) {
            throw new CommandException(words + System.lineSeparator() + "No run was started."
                    + (mayCome ? " With --judge-later it begins all the same, and its answers wait for the judge." : ""));
        }
        screen.print(words);
        screen.print("The run begins all the same, and its answers wait for the judge.");
    }
}
