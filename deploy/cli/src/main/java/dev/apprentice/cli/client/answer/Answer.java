package dev.apprentice.cli.client.answer;

/**
 * What a tuned model answered.
 *
 * @param run whose checkpoint answered
 * @param step which one
 * @param response the answer
 */
public record Answer(String run, int step, String response) {}
