package dev.apprentice.judge.grading;

import dev.apprentice.judge.judging.Judge;
import dev.apprentice.judge.judging.Judges;
import dev.apprentice.judge.run.JudgeStatus;
import dev.apprentice.judge.run.JudgeStatus.State;
import dev.apprentice.judge.run.MissedJudges;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** How the judges are doing, each and for a run. */
@ApplicationScoped
public class JudgeBoard implements MissedJudges {

    private final Judges judges;
    private final Backlog backlog;

    JudgeBoard(Judges judges, Backlog backlog) {
        this.judges = judges;
        this.backlog = backlog;
    }

    /** Every judge that is configured, has been asked since the start, or is waited for, by name. */
    public List<JudgeStatus> all() {
        Map<String, Map<String, Integer>> waiting = backlog.waiting();
        List<Judge> configured = judges.configured();
        TreeSet<String> names = new TreeSet<>();
        judges.all().forEach(judge -> names.add(judge.name()));
        waiting.values().forEach(ofRun -> names.addAll(ofRun.keySet()));
        return names.stream()
                .flatMap(name -> judges.named(name).stream())
                .map(judge -> JudgeStatus.of(
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
                .map(judge -> JudgeStatus.of(judge, waiting.getOrDefault(judge.name(), 0), configured.contains(judge)))
                .filter(status -> status.state() != State.OK)
                .toList();
    }
}
