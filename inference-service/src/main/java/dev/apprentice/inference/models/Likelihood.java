package dev.apprentice.inference.models;

/**
 * How likely a model finds an answer.
 *
 * @param logProbability natural logarithm of the answer's probability given the prompt, at most 0
 * @param tokens number of tokens that it is summed over, including the end-of-text
 */
public record Likelihood(double logProbability, int tokens) {}
