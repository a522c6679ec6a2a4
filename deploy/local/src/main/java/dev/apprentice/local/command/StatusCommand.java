package dev.apprentice.local.command;

import dev.apprentice.local.Apprentice;
import dev.apprentice.local.system.MemberState;
import dev.apprentice.local.system.MemberState.Life;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Shows how each member is doing. */
@Command(
        name = "status",
        description = "Shows how the broker and each service are doing; exits with 0 if all are ready, else with 1.",
        mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {

    @ParentCommand private Apprentice apprentice;

    @Override
    public Integer call() {
        List<MemberState> members = apprentice.system().state();
        members.forEach(member -> apprentice.screen().print(line(member)));
        long alive = members.stream().filter(member -> member.life() == Life.ALIVE).count();
        if (alive > 0 && alive < members.size()) {
            apprentice.screen().print("Only a part of it runs: `apprentice up` completes it, `apprentice down` ends it.");
        }
        return members.stream().allMatch(MemberState::ready) ? 0 : 1;
    }

    private static String line(MemberState state) {
        String words =
                switch (state.life()) {
                    case STOPPED -> "not running";
                    case DEAD -> "has died; see `apprentice logs " + state.member() + "`";
                    case ALIVE -> (state.ready() ? "ready" : "not ready: " + state.readiness().missing().orElseThrow())
                            + "  (port " + state.port() + ", process " + state.pid().orElseThrow() + ")";
                };
        return String.format("%-18s %s", state.member(), words);
    }
}
