package dev.apprentice.contracts.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.apprentice.contracts.Built;
import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.Require;
import java.util.List;
import java.util.Optional;

/**
 * A checkpoint's answer to a question of its exam.
 *
 * @param run the run
 * @param step the checkpoint's step
 * @param example the example's id
 * @param index its position in the exam, from 0
 * @param of how many questions the exam has
 * @param instruction the example's instruction
 * @param input the example's input, may be empty
 * @param output the reference answer
 * @param response the model's answer without leading and trailing white space
 * @param finishReason why the answer ended
 * @param promptTokens tokens of the prompt
 * @param generatedTokens tokens that the model generated, the end-of-text included
 * @param seconds how long its batch took, in seconds
 * @param judge the judges that the run asks for
 * @param labels the closed set that answers of the run's classification examples come from; empty where it has none
 * @param category the category that the report breaks figures down by; empty if it has none
 * @param referenceLogProbability natural logarithm of the probability that the model gives the reference answer and the end-of-text
 *     behind it, at most 0
 * @param referenceTokens number of tokens of the reference answer that this is the sum over, the end-of-text included
 * @param unanswered why the question has no answer and will get none. Then {@code response} is empty and the example's texts may be
 *     truncated. If the prompt is sent again and answered, the answer replaces this one
 * @param system the example's system turn; empty if it has none
 * @param turns the turns of a conversation before the instruction
 */
@Built
public record Response(
        String run,
        int step,
        String example,
        int index,
        int of,
        String instruction,
        String input,
        String output,
        String response,
        FinishReason finishReason,
        int promptTokens,
        int generatedTokens,
        double seconds,
        Optional<String> judge,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> labels,
        Optional<String> category,
        Optional<Double> referenceLogProbability,
        Optional<Integer> referenceTokens,
        Optional<String> unanswered,
        Optional<String> system,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Turn> turns)
        implements Event {

    /** Why an answer ended. */
    public enum FinishReason {
        /** The model wrote its end-of-text. */
        STOP,
        /** The answer reached the limit of new tokens or of the model's context. */
        LENGTH,
        /** The prompt leaves no room in the model's context; the response is empty. */
        PROMPT_TOO_LONG
    }

    public Response {
        Require.name(run, "run");
        Require.atLeast(0, step, "step");
        Require.name(example, "example");
        Require.atLeast(0, index, "index");
        Require.atLeast(index + 1, of, "of");
        Require.text(instruction, "instruction");
        input = input == null ? "" : input;
        Require.present(output, "output");
        Require.present(response, "response");
        Require.present(finishReason, "finishReason");
        labels = Require.elements(labels, "labels");
        turns = Require.elements(turns, "turns");
        referenceLogProbability.ifPresent(
                value -> Require.between(-Double.MAX_VALUE, 0, value, "referenceLogProbability"));
        referenceTokens.ifPresent(tokens -> Require.atLeast(1, tokens, "referenceTokens"));
        if (referenceLogProbability.isPresent() != referenceTokens.isPresent()) {
            throw new InvalidEventException(
                    "fields 'referenceLogProbability' and 'referenceTokens' come together or not at all");
        }
    }

    @Override
    public String key() {
        return ExampleKey.of(run, step, example);
    }
}
