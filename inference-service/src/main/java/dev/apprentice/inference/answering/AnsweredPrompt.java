package dev.apprentice.inference.answering;

import dev.apprentice.contracts.event.Response;
import org.apache.kafka.common.header.Headers;

/**
 * A prompt and the model's answer.
 *
 * @param headers the headers of the response's record
 */
record AnsweredPrompt(ReceivedPrompt prompt, Response response, Headers headers) {}
