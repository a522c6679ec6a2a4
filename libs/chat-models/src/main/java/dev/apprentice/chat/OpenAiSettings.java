package dev.apprentice.chat;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of a model on a server with OpenAI's protocol.
 *
 * @param url its address, up to and including its version
 * @param apiKey the key that it requires
 * @param timeout how long one answer may take
 * @param seed the seed of the sampling
 * @param temperature the temperature of the sampling
 * @param maxTokens the most tokens of an answer
 * @param context the size of its models' context in tokens, for a server that truncates longer questions silently
 */
public record OpenAiSettings(
        URI url,
        Optional<String> apiKey,
        Duration timeout,
        int seed,
        double temperature,
        int maxTokens,
        Optional<Integer> context) {}
