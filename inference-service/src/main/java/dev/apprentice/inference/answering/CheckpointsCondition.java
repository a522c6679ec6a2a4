package dev.apprentice.inference.answering;

import dev.apprentice.service.health.Condition;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Health condition for checkpoints that cannot be read. Their prompts wait; users' questions and other checkpoints' exams are
 * answered meanwhile.
 */
@Wellness
@ApplicationScoped
public class CheckpointsCondition implements Condition {

    private final AbsentCheckpoints absent;

    CheckpointsCondition(AbsentCheckpoints absent) {
        this.absent = absent;
    }

    @Override
    public String name() {
        return "Checkpoints";
    }

    @Override
    public Optional<String> trouble() {
        List<AbsentCheckpoint> away = absent.all().stream().filter(checkpoint -> checkpoint.attempts() > 0).toList();
        return away.isEmpty()
                ? Optional.empty()
                : Optional.of("checkpoints that cannot be read: %d; prompts that wait for them: %d; GET /runs/{run}/waiting shows why"
                        .formatted(away.size(), away.stream().mapToInt(AbsentCheckpoint::prompts).sum()));
    }
}
