package dev.apprentice.chat;

import java.net.URI;
import java.time.Duration;

/**
 * The settings of a model on an Ollama server.
 *
 * @param url its address
 * @param timeout how long one answer may take, loading the model included
 * @param seed the seed of the sampling
 * @param temperature the temperature of the sampling
 * @param numCtx the size of the model's context, in tokens
 * @param maxTokens the most tokens of an answer
 */
public record OllamaSettings(URI url, Duration timeout, int seed, double temperature, int numCtx, int maxTokens) {}
