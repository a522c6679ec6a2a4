package dev.apprentice.inference.answering;

import dev.apprentice.contracts.Response;
import org.apache.kafka.common.header.Headers;

/**
 * A prompt and what the model answered.
 *
 * @param headers those of the response's record
 */
record AnsweredPrompt(ReceivedPrompt prompt, Response response, Headers headers) {}
