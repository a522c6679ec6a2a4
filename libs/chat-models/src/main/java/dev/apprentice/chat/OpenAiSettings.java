package dev.apprentice.chat;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where and how a server that speaks OpenAI's protocol is asked.
 *
 * @param url its address, up to and with its version
 * @param apiKey the key that it wants to see
 * @param timeout how long one answer may take
 * @param seed of the sampling
 * @param temperature of the sampling
 * @param maxTokens tokens that an answer may have
 * @param context tokens of context its models have, for a server that cuts longer questions in silence
 */
public record OpenAiSettings(
        URI url,
        Optional<String> apiKey,
        Duration timeout,
        int seed,
        double temperature,
        int maxTokens,
        Optional<Integer> context) {}
