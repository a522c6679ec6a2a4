package dev.apprentice.cli.command.system;

import dev.apprentice.cli.Apprentice;
import dev.apprentice.cli.client.JudgeClient;
import dev.apprentice.cli.command.option.JsonOption;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.system.LocalSystem;
import dev.apprentice.local.system.Member;
import dev.apprentice.local.system.MemberState;
import dev.apprentice.local.system.MemberState.Life;
import dev.apprentice.local.system.Readiness;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Shows the state of each member. */
@Command(
        name = "status",
        description = "Shows how the broker and each service are doing; exits with 0 if all are ready, else with 1.",
        mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {

    @ParentCommand private Apprentice apprentice;

    @Mixin private JsonOption json;

    /** A member's state as JSON, for programs. */
    record Row(String member, String state, int port, Optional<Long> process, Optional<String> missing, Optional<String> away) {

        static Row of(MemberState member) {
            boolean lives = member.life() == Life.ALIVE;
            return new Row(
                    member.member().id(),
                    word(member),
                    member.port(),
                    member.pid().isPresent() ? Optional.of(member.pid().getAsLong()) : Optional.empty(),
                    lives ? member.readiness().missing() : Optional.empty(),
                    lives ? member.readiness().away() : Optional.empty());
        }
    }

    @Override
    public Integer call() {
        LocalSystem system = apprentice.system();
        List<MemberState> members = system.state();
        int status = members.stream().allMatch(MemberState::ready) ? 0 : 1;
        if (json.isGiven()) {
            JsonOption.print(apprentice.screen(), members.stream().map(Row::of).toList());
            return status;
        }
        members.forEach(member -> apprentice.screen().print(line(member)));
        long alive = members.stream().filter(member -> member.life() == Life.ALIVE).count();
        if (alive > 0 && alive < members.size()) {
            apprentice.screen().print("Only part of the system runs: `apprentice up` starts the rest, `apprentice down`"
                    + " stops it.");
        }
        if (system.runs()) {
            apprentice.screen().print("The page: " + system.ports().page());
            members.stream()
                    .filter(member -> member.member() == Member.JUDGE_SERVICE && member.ready())
                    .forEach(member -> judges(system));
        }
        DemoSystem.of(apprentice).ifRunning(demo -> {
            apprentice.screen().print("");
            apprentice.screen().print(demo.sentence());
            demo.system().state().forEach(member -> apprentice.screen().print(line(member)));
        });
        return status;
    }

    /** Prints the judges that do not grade, or why they are unknown. They do not affect a service's readiness, but users look for them here. */
    private void judges(LocalSystem system) {
        try {
            new JudgeClient(system.ports()).judges().stream()
                    .filter(judge -> !judge.grades())
                    .forEach(judge -> apprentice.screen().print(judge.toString()));
        } catch (CommandException e) {
            apprentice.screen().print("The judges' state is unknown: " + e.getMessage());
        }
    }

    private static String word(MemberState state) {
        return switch (state.life()) {
            case STOPPED -> "not running";
            case DEAD -> "died";
            case ALIVE -> state.ready() ? "ready" : "not ready";
        };
    }

    private static String line(MemberState state) {
        String words =
                switch (state.life()) {
                    case STOPPED -> "not running";
                    case DEAD -> "has died; see `apprentice logs " + state.member() + "`, and start it with `apprentice up`";
                    case ALIVE -> word(state) + missing(state.readiness())
                            + "  (port " + state.port() + ", process " + state.pid().orElseThrow() + ")";
                };
        return String.format("%-18s %s", state.member(), words);
    }

    private static String missing(Readiness readiness) {
        return readiness.missing().map(reason -> ": " + reason)
                .or(() -> readiness.away().map(reason -> ", without " + reason))
                .orElse("");
    }
}
