package dev.apprentice.cli.follow;

import dev.apprentice.cli.client.JudgeClient;
import dev.apprentice.cli.client.answer.JudgeStatus;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.contracts.run.RunSpecification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Prints when a judge of the run stops grading and when it grades again, once each time. */
final class JudgeWatch {

    private final JudgeClient client;
    private final Screen screen;
    /** For each judge that does not grade, the reason that was last shown. */
    private final Map<String, String> said = new HashMap<>();

    JudgeWatch(JudgeClient client, Screen screen) {
        this.client = client;
        this.screen = screen;
    }

    void look(RunSpecification run) {
        List<JudgeStatus> missing = client.missing(run);
        for (JudgeStatus judge : missing) {
            String reason = judge.state() + judge.reason().orElse("");
            if (!reason.equals(said.put(judge.judge(), reason))) {
                screen.print(judge.toString());
            }
        }
        Set<String> still = missing.stream().map(JudgeStatus::judge).collect(Collectors.toSet());
        said.keySet().stream().filter(judge -> !still.contains(judge)).forEach(judge ->
                screen.print("Judge '" + judge + "' grades again."));
        said.keySet().retainAll(still);
    }
}
