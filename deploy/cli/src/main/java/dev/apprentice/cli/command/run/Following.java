package dev.apprentice.cli.command.run;

import dev.apprentice.cli.follow.FollowedRun;
import dev.apprentice.cli.follow.RunFollower;
import dev.apprentice.cli.report.RunSummary;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.local.OnExit;
import dev.apprentice.local.log.Broker;
import dev.apprentice.local.system.Ports;

/** Shows a run to its end, for {@code tune}, {@code resume} and {@code follow}. The run itself needs no one to watch it. */
public final class Following {

    static final String EXIT_CODES = "Exits with 0 if the report is complete, with 1 if the run failed or was cancelled, or if"
            + " questions of its exams are dead letters.";

    private final Ports ports;
    private final Broker broker;
    private final Screen screen;

    Following(Ports ports, Broker broker, Screen screen) {
        this.ports = ports;
        this.broker = broker;
        this.screen = screen;
    }

    /**
     * Shows the run to its end, then its results.
     *
     * @return 0 if it completed, 1 if it failed or was cancelled, or if questions of its exams are missing
     */
    int toTheEnd(String run) {
        FollowedRun followed;
        try (OnExit farewell = OnExit.perform(() -> sayGoodbye(run))) {
            followed = new RunFollower(ports, broker, screen, OptionNames::in).follow(run);
        }
        if (!followed.completed()) {
            return 1;
        }
        new RunSummary(ports, screen).print(followed.status(), followed.evaluations());
        screen.print("");
        followed.missing().ifPresent(words -> screen.print("The report is not complete. " + words));
        screen.print("Try it: apprentice ask \"…\" --run " + run);
        return followed.missing().isEmpty() ? 0 : 1;
    }

    private void sayGoodbye(String run) {
        screen.end("The run continues. Use `apprentice follow " + run + "` to see it again, or"
                + " `apprentice cancel " + run + "` to stop it.");
    }
}
