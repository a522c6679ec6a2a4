package dev.apprentice.inference.answering;

/**
 * An exam that waits because its checkpoint cannot be read.
 *
 * @param step the checkpoint's step
 * @param checkpoint the folder or address where it should be
 * @param prompts number of waiting questions
 * @param attempts number of failed attempts to read it
 * @param of number of attempts before the questions go to the dead letters; without effect while its object store is away
 * @param reason why it cannot be read
 */
public record WaitingExam(int step, String checkpoint, int prompts, int attempts, int of, String reason) {}
