package dev.apprentice.local.demo.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Puts all pairings of fact and phrasing in an order whose first 85 % train, next 10 % test and rest validate, so that
 * the test and validation parts ask only what training never saw, although training saw each fact and each phrasing.
 */
final class OrderedExamples {

    private static final double TRAINING_SHARE = 0.85;

    private OrderedExamples() {}

    /** The same tasks and seed give the same order. */
    static List<Pairing> of(List<Task> tasks, long seed) {
        List<Pairing> shuffled = new ArrayList<>(tasks.stream().flatMap(Task::pairings).toList());
        Collections.shuffle(shuffled, new Random(seed));
        int heldOutCount = shuffled.size() - (int) (shuffled.size() * TRAINING_SHARE);

        List<Pairing> training = new ArrayList<>();
        List<Pairing> heldOut = new ArrayList<>();
        Map<Object, Integer> heldOutOf = new HashMap<>();
        for (Pairing pairing : shuffled) {
            if (heldOut.size() < heldOutCount && leavesEnough(pairing, heldOutOf)) {
                heldOut.add(pairing);
                heldOutOf.merge(pairing.fact(), 1, Integer::sum);
                heldOutOf.merge(pairing.phrasing(), 1, Integer::sum);
            } else {
                training.add(pairing);
            }
        }
        if (heldOut.size() < heldOutCount) {
            throw new IllegalStateException("only " + heldOut.size() + " of " + heldOutCount
                    + " examples can be held out; give the tasks more facts or more phrasings");
        }
        training.addAll(heldOut);
        return List.copyOf(training);
    }

    /** At least three quarters of a fact's and of a phrasing's pairings stay in training. */
    private static boolean leavesEnough(Pairing pairing, Map<Object, Integer> heldOutOf) {
        Task task = pairing.task();
        return heldOutOf.getOrDefault(pairing.fact(), 0) + 1 <= task.phrasings().size() / 4
                && heldOutOf.getOrDefault(pairing.phrasing(), 0) + 1 <= (task.facts().size() + 2) / 4;
    }
}
