package dev.apprentice.cli.client.answer;

/**
 * A tuned model's answer.
 *
 * @param run the run whose checkpoint answered
 * @param step the checkpoint's step
 * @param response the answer
 */
public record Answer(String run, int step, String response) {}
