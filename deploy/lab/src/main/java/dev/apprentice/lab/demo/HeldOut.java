package dev.apprentice.lab.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pairings kept away from training: at most a quarter of any fact's, and about a quarter of any phrasing's. */
final class HeldOut {

    private final int wanted;
    private final List<Pairing> pairings = new ArrayList<>();
    private final Map<Fact, Integer> ofFact = new HashMap<>();
    private final Map<Phrasing, Integer> ofPhrasing = new HashMap<>();

    /** @param wanted how many pairings to hold out */
    HeldOut(int wanted) {
        this.wanted = wanted;
    }

    /** Holds this pairing out if there is need for it and enough of its kind is left to train on. */
    boolean takes(Pairing pairing) {
        if (pairings.size() == wanted || !leavesEnough(pairing)) {
            return false;
        }
        pairings.add(pairing);
        ofFact.merge(pairing.fact(), 1, Integer::sum);
        ofPhrasing.merge(pairing.phrasing(), 1, Integer::sum);
        return true;
    }

    /** @throws IllegalArgumentException if fewer pairings than wanted could be held out */
    List<Pairing> pairings() {
        if (pairings.size() < wanted) {
            throw new IllegalArgumentException("only " + pairings.size() + " of " + wanted
                    + " examples can be held out; give the tasks more facts or more phrasings");
        }
        return pairings;
    }

    private boolean leavesEnough(Pairing pairing) {
        Task task = pairing.task();
        return ofFact.getOrDefault(pairing.fact(), 0) < task.phrasings().size() / 4
                && ofPhrasing.getOrDefault(pairing.phrasing(), 0) < Math.round(task.facts().size() / 4.0);
    }
}
