package dev.apprentice.inference.models;

/**
 * How likely a model finds an answer.
 *
 * @param logProbability natural logarithm of its probability, given the prompt, at most 0
 * @param tokens tokens that this is the sum over, the end-of-text included
 */
public record Likelihood(double logProbability, int tokens) {}
