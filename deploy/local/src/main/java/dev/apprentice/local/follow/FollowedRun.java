package dev.apprentice.local.follow;

import dev.apprentice.contracts.Progress;
import dev.apprentice.contracts.Progress.Phase;
import dev.apprentice.local.client.RunStatus;
import java.util.List;

/**
 * A run that was followed to its end.
 *
 * @param status how it stands
 * @param end how it ended
 * @param evaluations its losses as they were seen
 */
public record FollowedRun(RunStatus status, Phase end, List<Progress> evaluations) {

    public FollowedRun {
        evaluations = List.copyOf(evaluations);
    }

    public boolean completed() {
        return end == Phase.COMPLETED;
    }
}
