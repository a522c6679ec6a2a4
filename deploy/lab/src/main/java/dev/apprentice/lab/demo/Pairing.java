package dev.apprentice.lab.demo;

/** A fact asked in one way: one example. */
record Pairing(Task task, Fact fact, Phrasing phrasing) {

    Example example() {
        return new Example(
                phrasing.instructionAbout(fact.subject()), phrasing.inputAbout(fact.subject()), task.answerFor(fact));
    }
}
