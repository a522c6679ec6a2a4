package dev.apprentice.cli.client.answer;

import com.fasterxml.jackson.annotation.JsonProperty;

/** An entry of the textbook's file of answers: a test example with a checkpoint's answer to it. */
public record AnsweredExample(
        String instruction, String input, String output, @JsonProperty("model_response") String modelResponse) {}
