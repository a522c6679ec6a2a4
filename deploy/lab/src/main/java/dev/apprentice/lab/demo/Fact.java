package dev.apprentice.lab.demo;

/**
 * Something true in the demo's world.
 *
 * @param villager of whom: {@code Ada}
 * @param relation what it is about: the pet
 * @param value what is true: {@code goat}
 */
record Fact(String villager, Relation relation, String value) {

    /** A form with this fact in it: {@code {n}} is the villager, {@code {v}} the value. */
    String in(String form) {
        return form.replace("{n}", villager).replace("{v}", value);
    }
}
