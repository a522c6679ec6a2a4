package dev.apprentice.cli.doctor;

import dev.apprentice.cli.client.JudgeClient;
import dev.apprentice.cli.client.ServiceException;
import dev.apprentice.cli.client.UnreachableException;
import dev.apprentice.cli.client.answer.JudgeStatus;
import dev.apprentice.local.system.LocalSystem;
import dev.apprentice.local.system.Member;
import dev.apprentice.local.system.MemberState;
import java.util.ArrayList;
import java.util.List;

/** Checks the services and the judges of a running system. */
public final class ServiceFindings {

    private ServiceFindings() {}

    /** Checks each member, and the judges if judge-service is ready. */
    public static List<Finding> of(LocalSystem system) {
        List<Finding> findings = new ArrayList<>();
        for (MemberState member : system.state()) {
            findings.add(of(member));
            if (member.member() == Member.JUDGE_SERVICE && member.ready()) {
                findings.addAll(judges(new JudgeClient(system.ports())));
            }
        }
        return findings;
    }

    private static List<Finding> judges(JudgeClient service) {
        try {
            return judges(service.judges());
        } catch (ServiceException e) {
            return List.of(Finding.problem("judges", e.getMessage(), "Only a caller who has signed in sees them."));
        } catch (UnreachableException e) { // it stopped after it was asked for its state
            return List.of(Finding.problem("judges", e.getMessage(), "Run `apprentice doctor` again."));
        }
    }

    static Finding of(MemberState member) {
        String who = member.member().id();
        if (member.ready()) {
            return member.readiness().away()
                    .map(away -> Finding.warning(who, "ready, without " + away, "`apprentice logs " + who + "` says more."))
                    .orElseGet(() -> Finding.good(who, "ready, port " + member.port()));
        }
        return member.life() == MemberState.Life.ALIVE
                ? Finding.problem(who, "not ready: " + member.readiness().missing().orElse("it does not say why"),
                        "`apprentice logs " + who + "` says more.")
                : Finding.problem(who, member.life() == MemberState.Life.DEAD ? "has died" : "does not run",
                        "`apprentice logs " + who + "` says why; `apprentice up` starts it.");
    }

    static List<Finding> judges(List<JudgeStatus> judges) {
        if (judges.isEmpty()) {
            return List.of(Finding.good("judges", "none; answers are compared with their references"));
        }
        return judges.stream()
                .map(judge -> judge.grades()
                        ? Finding.good("judge", judge.judge() + " grades")
                        : Finding.warning("judge", judge.toString(), "Check that its server runs and has the model: `ollama"
                                + " list`, `ollama pull`."))
                .toList();
    }
}
