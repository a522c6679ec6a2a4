package dev.apprentice.inference.responses;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.apprentice.contracts.event.Response;

/**
 * An entry of the textbook's {@code instruction-data-with-response.json}.
 *
 * @param instruction the instruction
 * @param input the instruction's input, may be empty
 * @param output the reference answer
 * @param modelResponse the model's answer
 */
@JsonPropertyOrder({"instruction", "input", "output", "model_response"})
public record TextbookEntry(
        String instruction, String input, String output, @JsonProperty("model_response") String modelResponse) {

    static TextbookEntry of(Response response) {
        return new TextbookEntry(response.instruction(), response.input(), response.output(), response.response());
    }
}
