package dev.apprentice.inference.answering;

/**
 * A checkpoint's exam that waits because the checkpoint cannot be read.
 *
 * @param step the checkpoint's step
 * @param checkpoint where it should lie
 * @param prompts how many questions wait
 * @param attempts how often it was tried
 * @param of how often it is tried before the questions go to the dead letters
 * @param reason why it cannot be read
 */
public record WaitingExam(int step, String checkpoint, int prompts, int attempts, int of, String reason) {}
