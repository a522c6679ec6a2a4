package dev.apprentice.judge.judges.grading;

import dev.apprentice.judge.run.JudgeStatus;
import dev.apprentice.service.health.Condition;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** The condition that a judge gives no answer. Its responses wait for it; everything else is graded and shown. */
@Wellness
@ApplicationScoped
public class JudgesCondition implements Condition {

    private final JudgeBoard board;

    JudgesCondition(JudgeBoard board) {
        this.board = board;
    }

    @Override
    public String name() {
        return "Judges";
    }

    @Override
    public Optional<String> trouble() {
        List<String> away = board.all().stream()
                .filter(judge -> judge.state() == JudgeStatus.State.AWAY)
                .map(judge -> judge.judge() + " (" + judge.waiting() + " responses wait)")
                .toList();
        return away.isEmpty()
                ? Optional.empty()
                : Optional.of("no answer from " + String.join(", ", away) + "; GET /judges says why");
    }
}
