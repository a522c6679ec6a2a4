package dev.apprentice.cli.follow;

import dev.apprentice.cli.client.answer.RunStatus;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import java.util.List;
import java.util.Optional;

/**
 * A run that was followed to its end.
 *
 * @param status its last known status
 * @param end how it ended
 * @param evaluations its losses, as progress events reported them
 * @param missing a sentence about questions of its exams that will not be answered or graded; empty if none is missing
 */
public record FollowedRun(RunStatus status, Phase end, List<Progress> evaluations, Optional<String> missing) {

    public FollowedRun {
        evaluations = List.copyOf(evaluations);
    }

    public boolean completed() {
        return end == Phase.COMPLETED;
    }
}
