package dev.apprentice.inference.answering;

import dev.apprentice.contracts.event.Response;
import org.apache.kafka.common.header.Headers;

/**
 * A prompt and what the model answered.
 *
 * @param headers those of the response's record
 */
record AnsweredPrompt(ReceivedPrompt prompt, Response response, Headers headers) {}
