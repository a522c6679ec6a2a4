package dev.apprentice.lab.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * An invented village: its inhabitants and the facts about them. A model can only know them from this data.
 *
 * @param facts one for each villager and relation
 */
record World(List<Fact> facts) {

    private static final List<String> NAMES = List.of("""
            Ada Agnes Albert Alice Amos Andrew Anna Anton Arthur Astrid August Barbara Basil Beatrice Ben Bernard Bertha Bruno Carla \
            Caspar Cecil Clara Conrad Cyrus Dagmar Daniel David Deborah Dinah Donald Dora Edgar Edith Edwin Elias Ella Elmer Emil Emma \
            Eric Ernest Esther Eva Fabian Felix Flora Frank Frida Gabriel George Gerda Gilbert Grace Greta Gustav Hanna Harold Hector \
            Helen Henry Hilda Horace Hugo Ida Igor Ingrid Irene Iris Isaac Ivan Jacob Jasper Jonas Judith Julia Karl Kate Kirsten \
            Konrad Lars Laura Leo Leonard Lilian Linus Louise Lucas Lydia Magnus Margot Marian Martha Martin Matilda Max Mira Miriam \
            Moritz Nadia Naomi Nathan Nelly Nicholas Nina Noah Nora Olga Oliver Oscar Oswald Otto Pablo Paula Peter Philip Quentin \
            Rachel Ralph""".split(" "));

    /** Returns the world of a seed, from which every villager's values are drawn. */
    static World of(long seed) {
        Random random = new Random(seed);
        List<Fact> facts = new ArrayList<>();
        for (String name : NAMES) {
            for (Relation relation : Relations.ALL) {
                facts.add(new Fact(name, relation, relation.values().get(random.nextInt(relation.values().size()))));
            }
        }
        return new World(List.copyOf(facts));
    }

    static List<String> names() {
        return NAMES;
    }

    /** Returns the facts about one villager. */
    List<Fact> about(String villager) {
        return facts.stream().filter(fact -> fact.villager().equals(villager)).toList();
    }
}
