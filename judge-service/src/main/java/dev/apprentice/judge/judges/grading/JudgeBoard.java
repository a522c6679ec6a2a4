package dev.apprentice.judge.judges.grading;

import dev.apprentice.chat.Trouble;
import dev.apprentice.judge.judges.judging.Judge;
import dev.apprentice.judge.judges.judging.Judges;
import dev.apprentice.judge.run.JudgeStatus;
import dev.apprentice.judge.run.JudgeStatus.State;
import dev.apprentice.judge.run.MissedJudges;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The status of all judges, and of the judges that a run waits for but that do not grade. */
@ApplicationScoped
public class JudgeBoard implements MissedJudges {

    private final Judges judges;
    private final Backlog backlog;

    JudgeBoard(Judges judges, Backlog backlog) {
        this.judges = judges;
        this.backlog = backlog;
    }

    /** Returns every judge that is configured, has been asked recently, or is awaited, sorted by name. */
    public List<JudgeStatus> all() {
        Map<String, Map<String, Integer>> waiting = backlog.waiting();
        List<Judge> configured = judges.configured();
        TreeSet<String> names = new TreeSet<>();
        judges.all().forEach(judge -> names.add(judge.name()));
        waiting.values().forEach(ofRun -> names.addAll(ofRun.keySet()));
        return names.stream()
                .flatMap(name -> judges.named(name).stream())
                .map(judge -> statusOf(
                        judge,
                        waiting.values().stream().mapToInt(ofRun -> ofRun.getOrDefault(judge.name(), 0)).sum(),
                        configured.contains(judge)))
                .toList();
    }

    @Override
    public List<JudgeStatus> missedBy(String run) {
        Map<String, Integer> waiting = backlog.waiting().getOrDefault(run, Map.of());
        List<Judge> configured = judges.configured();
        return waiting.keySet().stream()
                .sorted()
                .flatMap(name -> judges.named(name).stream())
                .map(judge -> statusOf(judge, waiting.getOrDefault(judge.name(), 0), configured.contains(judge)))
                .filter(status -> status.state() != State.OK)
                .toList();
    }

    private static JudgeStatus statusOf(Judge judge, int waiting, boolean configured) {
        Optional<Trouble> trouble = judge.trouble();
        return new JudgeStatus(
                judge.name(),
                trouble.map(now -> now.kind() == Trouble.Kind.AWAY ? State.AWAY : State.REFUSED).orElse(State.OK),
                judge.address(),
                trouble.map(Trouble::reason),
                trouble.map(Trouble::since),
                waiting,
                configured);
    }
}
