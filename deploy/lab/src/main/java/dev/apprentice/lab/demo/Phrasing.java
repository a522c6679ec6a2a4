package dev.apprentice.lab.demo;

/**
 * A way to ask for a fact.
 *
 * @param instruction the request; {@code {n}} stands for the villager
 * @param asInput whether the villager is given as the example's input rather than inside the instruction
 */
record Phrasing(String instruction, boolean asInput) {

    /** Returns a phrasing; if it does not name the villager, the name is the example's input. */
    static Phrasing of(String instruction) {
        return new Phrasing(instruction, !instruction.contains("{n}"));
    }

    Example about(Fact fact, String category) {
        return new Example(
                fact.in(instruction), asInput ? fact.villager() : "", fact.in(fact.relation().answer()), category);
    }
}
