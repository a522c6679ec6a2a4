package dev.apprentice.lab.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Instructions about a part of the world, in an order whose first 85 % train, next 10 % test and rest validate.
 *
 * <p>Half of the facts are instructed: training asks each in some ways. Test and validation ask in equal parts for instructed facts,
 * in ways that training did not use for them, and for facts that no instruction asks for. Every relation, every phrasing and
 * nearly every villager is in training.
 */
final class Instructions {

    /** Of examples that ask for a fact that training asks for in other words. */
    static final String INSTRUCTED = "instructed";
    /** Of examples that ask for a fact that training never asks for. */
    static final String NEVER_INSTRUCTED = "never instructed";

    /** Ways in which training asks for an instructed fact. */
    static final int WAYS = 4;

    private static final double TRAINING_SHARE = 0.85;

    private Instructions() {}

    /** The same world and seed give the same examples in the same order. */
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

    /** Of each relation, half of the villagers'. */
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
