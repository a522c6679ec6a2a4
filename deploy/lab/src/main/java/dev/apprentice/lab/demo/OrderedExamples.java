package dev.apprentice.lab.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Puts all pairings of fact and phrasing in an order whose first 85 % train, next 10 % test and rest validate, so that
 * the test and validation parts ask only what training never saw, although training saw each fact and each phrasing.
 */
final class OrderedExamples {

    private static final double TRAINING_SHARE = 0.85;

    private OrderedExamples() {}

    /**
     * The same tasks and seed give the same order.
     *
     * @throws IllegalArgumentException if the tasks have too few facts or phrasings to hold out as many pairings
     */
    static List<Pairing> of(List<Task> tasks, long seed) {
        List<Pairing> shuffled = new ArrayList<>(tasks.stream().flatMap(Task::pairings).toList());
        Collections.shuffle(shuffled, new Random(seed));

        HeldOut heldOut = new HeldOut(shuffled.size() - (int) (shuffled.size() * TRAINING_SHARE));
        List<Pairing> ordered = new ArrayList<>();
        for (Pairing pairing : shuffled) {
            if (!heldOut.takes(pairing)) {
                ordered.add(pairing);
            }
        }
        ordered.addAll(heldOut.pairings());
        return List.copyOf(ordered);
    }
}
