package dev.apprentice.cli.report;

import dev.apprentice.contracts.event.Progress;
import java.util.ArrayList;
import java.util.List;

/** Keeps a run's evaluations in bounded memory: if there are more than a chart needs, every second one is dropped. */
public final class LossHistory {

    private static final int MOST = 2_048;

    private final List<Progress> evaluations = new ArrayList<>();

    /** Adds progress of any phase, but keeps only evaluations. */
    public void add(Progress progress) {
        if (progress.phase() != Progress.Phase.EVALUATING) {
            return;
        }
        evaluations.add(progress);
        if (evaluations.size() > MOST) {
            thinOut();
        }
    }

    /** Drops every second evaluation; the first and the newest stay. */
    private void thinOut() {
        List<Progress> kept = new ArrayList<>();
        for (int i = 0; i < evaluations.size(); i += 2) {
            kept.add(evaluations.get(i));
        }
        evaluations.clear();
        evaluations.addAll(kept);
    }

    /** Returns the evaluations that are kept, oldest first. */
    public List<Progress> evaluations() {
        return List.copyOf(evaluations);
    }
}
