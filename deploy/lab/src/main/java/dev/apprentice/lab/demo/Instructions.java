package dev.apprentice.lab.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Instructions about a part of the world, in an order of which the first 85 % train, the next 10 % test and the rest validate.
 *
 * <p>Half of the facts are instructed: training asks for each of them in several phrasings. Test and validation ask for two kinds
 * of facts in equal parts: instructed facts in a phrasing that training did not use for them, and facts that no instruction asks
 * for. Every relation, every phrasing and nearly every villager is in training.
 */
final class Instructions {

    /** Category of examples about a fact that training asks for in another phrasing. */
    static final String INSTRUCTED = "instructed";
    /** Category of examples about a fact that training never asks for. */
    static final String NEVER_INSTRUCTED = "never instructed";

    /** How many phrasings training uses for an instructed fact. */
    static final int WAYS = 4;

    private static final double TRAINING_SHARE = 0.85;

    private Instructions() {}

    /** Returns the examples; the world and the seed determine them and their order. */
    static List<Example> of(World world, long seed) {
        Random random = new Random(seed);
        Set<Fact> instructed = instructed(world, random);
        List<Example> training = new ArrayList<>();
        List<Example> known = new ArrayList<>();
        List<Example> unknown = new ArrayList<>();
        for (Fact fact : world.facts()) {
            List<Phrasing> phrasings = new ArrayList<>(fact.relation().phrasings());
            Collections.shuffle(phrasings, random);
            if (instructed.contains(fact)) {
                phrasings.subList(0, WAYS).forEach(phrasing -> training.add(phrasing.about(fact, INSTRUCTED)));
                known.add(phrasings.get(WAYS).about(fact, INSTRUCTED));
            } else {
                unknown.add(phrasings.get(0).about(fact, NEVER_INSTRUCTED));
            }
        }
        List.of(training, known, unknown).forEach(examples -> Collections.shuffle(examples, random));
        return ordered(training, known, unknown);
    }

    /** Draws half of the villagers for each relation and returns their facts. */
    private static Set<Fact> instructed(World world, Random random) {
        Set<Fact> instructed = new HashSet<>();
        for (Relation relation : Relations.ALL) {
            List<Fact> facts = new ArrayList<>(world.facts().stream().filter(fact -> fact.relation().equals(relation)).toList());
            Collections.shuffle(facts, random);
            instructed.addAll(facts.subList(0, facts.size() / 2));
        }
        return instructed;
    }

    private static List<Example> ordered(List<Example> training, List<Example> known, List<Example> unknown) {
        int all = (int) Math.ceil(training.size() / TRAINING_SHARE);
        List<Example> ordered = new ArrayList<>(training);
        for (int i = 0; ordered.size() < all; i++) {
            ordered.add(i % 2 == 0 ? known.get(i / 2) : unknown.get(i / 2));
        }
        return List.copyOf(ordered);
    }
}
