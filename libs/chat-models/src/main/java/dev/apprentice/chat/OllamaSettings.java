package dev.apprentice.chat;

import java.net.URI;
import java.time.Duration;

/**
 * Where and how Ollama is asked.
 *
 * @param url its address
 * @param timeout how long one answer may take, the loading of the model included
 * @param seed of the sampling
 * @param temperature of the sampling
 * @param numCtx tokens of context the model gets
 * @param maxTokens tokens that an answer may have
 */
public record OllamaSettings(URI url, Duration timeout, int seed, double temperature, int numCtx, int maxTokens) {}
