package dev.apprentice.cli.report;

import dev.apprentice.contracts.event.Progress;
import java.util.ArrayList;
import java.util.List;

/** A run's evaluations in bounded space: where they are too many for a chart, every second of the old ones is let go. */
public final class LossHistory {

    private static final int MOST = 2_048;

    private final List<Progress> evaluations = new ArrayList<>();

    /** Takes progress of any kind and keeps what a chart of losses shows. */
    public void add(Progress progress) {
        if (progress.phase() != Progress.Phase.EVALUATING) {
            return;
        }
        evaluations.add(progress);
        if (evaluations.size() > MOST) {
            thinOut();
        }
    }

    /** The first and the newest stay. */
    private void thinOut() {
        List<Progress> kept = new ArrayList<>();
        for (int i = 0; i < evaluations.size(); i += 2) {
            kept.add(evaluations.get(i));
        }
        evaluations.clear();
        evaluations.addAll(kept);
    }

    /** Those that are kept, oldest first. */
    public List<Progress> evaluations() {
        return List.copyOf(evaluations);
    }
}
