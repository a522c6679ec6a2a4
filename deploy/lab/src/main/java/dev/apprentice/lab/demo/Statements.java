package dev.apprentice.lab.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The texts that the base model learns the world from: plain statements, each text about a few villagers at once.
 *
 * <p>Each pass says every fact once, in a way that is drawn anew, in another place of a text and beside other facts. A fact that is
 * always said in one way, or always after the same neighbour, is learned as that sentence, and no question reaches it.
 */
final class Statements {

    /** Villagers that one text may be about. */
    private static final int MOST_VILLAGERS = 3;
    /** Statements of a text: some hundred tokens, so that all places where a prompt and its answer stand have been learned. */
    private static final int LENGTH = 12;

    private final World world;
    private final Random random;

    private Statements(World world, Random random) {
        this.world = world;
        this.random = random;
    }

    /**
     * Texts in an order drawn from a seed.
     *
     * @param passes how often each fact is said
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

    /** Says each fact once. */
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
