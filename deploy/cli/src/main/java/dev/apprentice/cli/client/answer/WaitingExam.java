package dev.apprentice.cli.client.answer;

/**
 * A checkpoint's exam that waits because inference-service cannot read the checkpoint.
 *
 * @param step the checkpoint's step
 * @param prompts how many questions wait
 * @param attempts how often reading was tried
 * @param of how often reading is tried before the questions become dead letters
 * @param reason why it cannot be read
 */
public record WaitingExam(int step, int prompts, int attempts, int of, String reason) {}
