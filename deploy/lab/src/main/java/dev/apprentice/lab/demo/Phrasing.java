package dev.apprentice.lab.demo;

/**
 * One way of asking.
 *
 * @param instruction the request; {@code {}} stands for the subject
 * @param subjectAsInput whether the subject is given as the example's input rather than inside the instruction
 */
record Phrasing(String instruction, boolean subjectAsInput) {

    String instructionAbout(String subject) {
        return instruction.replace("{}", subject);
    }

    String inputAbout(String subject) {
        return subjectAsInput ? subject : "";
    }
}
