package dev.apprentice.contracts;

import java.util.Optional;

/**
 * What a checkpoint answered.
 *
 * @param run the run
 * @param step the checkpoint's step
 * @param example the example's id
 * @param index its place in the exam, from 0
 * @param of how many questions the exam has
 * @param instruction the example's instruction
 * @param input the example's input, may be empty
 * @param output the reference answer
 * @param response the model's answer, white space at both ends taken off
 * @param finishReason why the answer ended
 * @param promptTokens tokens of the prompt
 * @param generatedTokens tokens the model wrote, the end-of-text included
 * @param seconds time the batch it was in took
 * @param judge the judge model the run asks for
 */
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
        Optional<String> judge)
        implements Event {

    /** Why an answer ended. */
    public enum FinishReason {
        /** The model wrote its end-of-text. */
        STOP,
        /** It reached the limit of new tokens or of its context. */
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
        judge = judge == null ? Optional.empty() : judge;
    }

    @Override
    public String key() {
        return ExampleKey.of(run, step, example);
    }
}
