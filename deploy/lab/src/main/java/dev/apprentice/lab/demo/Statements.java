package dev.apprentice.lab.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The texts that the base model learns the world from: plain statements, each text about a few villagers.
 *
 * <p>Each pass states every fact once: in a form drawn at random, at another place of a text and next to other facts. A fact that
 * always has one form or one neighbour would be learned as that sentence. No question would reach it then.
 */
final class Statements {

    /** The most villagers in one text. */
    private static final int MOST_VILLAGERS = 3;
    /** Statements in a text: some hundred tokens, so all positions at which prompts and answers stand have been learned. */
    private static final int LENGTH = 12;

    private final World world;
    private final Random random;

    private Statements(World world, Random random) {
        this.world = world;
        this.random = random;
    }

    /**
     * Returns the texts in an order drawn from the seed.
     *
     * @param passes how many times each fact is stated
     */
    static List<String> of(World world, int passes, long seed) {
        Statements statements = new Statements(world, new Random(seed));
        List<String> texts = new ArrayList<>();
        for (int pass = 0; pass < passes; pass++) {
            statements.say(texts);
        }
        Collections.shuffle(texts, statements.random);
        return texts;
    }

    /** Adds texts that state each fact once. */
    private void say(List<String> texts) {
        List<String> villagers = new ArrayList<>(World.names());
        Collections.shuffle(villagers, random);
        for (int from = 0; from < villagers.size(); ) {
            int to = Math.min(villagers.size(), from + 1 + random.nextInt(MOST_VILLAGERS));
            List<Fact> facts = new ArrayList<>();
            villagers.subList(from, to).forEach(villager -> facts.addAll(world.about(villager)));
            Collections.shuffle(facts, random);
            for (int at = 0; at < facts.size(); at += LENGTH) {
                texts.add(text(facts.subList(at, Math.min(facts.size(), at + LENGTH))));
            }
            from = to;
        }
    }

    private String text(List<Fact> facts) {
        return String.join(" ", facts.stream().map(this::statement).toList());
    }

    private String statement(Fact fact) {
        List<String> ways = fact.relation().statements();
        return fact.in(ways.get(random.nextInt(ways.size())));
    }
}
