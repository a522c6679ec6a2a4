package dev.apprentice.lab.demo;

/**
 * One way of asking.
 *
 * @param instruction the request; {@code {n}} stands for the villager
 * @param asInput whether the villager is given as the example's input rather than inside the instruction
 */
record Phrasing(String instruction, boolean asInput) {

    /** One that does not name the villager gets it as its input. */
    static Phrasing of(String instruction) {
        return new Phrasing(instruction, !instruction.contains("{n}"));
    }

    Example about(Fact fact, String category) {
        return new Example(
                fact.in(instruction), asInput ? fact.villager() : "", fact.in(fact.relation().answer()), category);
    }
}
