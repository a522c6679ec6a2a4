package dev.apprentice.lab.demo;

/**
 * A fact of the demo's world.
 *
 * @param villager the villager's name, such as {@code Ada}
 * @param relation what the fact is about, such as the pet
 * @param value the value that is true, such as {@code goat}
 */
record Fact(String villager, Relation relation, String value) {

    /** Fills a form with this fact: {@code {n}} is the villager, {@code {v}} the value. */
    String in(String form) {
        return form.replace("{n}", villager).replace("{v}", value);
    }
}
