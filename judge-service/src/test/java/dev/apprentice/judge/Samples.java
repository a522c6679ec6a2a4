package dev.apprentice.judge;

import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Response.FinishReason;
import dev.apprentice.contracts.event.ResponseBuilder;
import dev.apprentice.contracts.event.Score;
import dev.apprentice.contracts.event.Score.Verdict;
import dev.apprentice.contracts.event.ScoreBuilder;
import dev.apprentice.contracts.event.ScoreVerdictBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events for tests, with fixed values for everything that a test does not set. */
public final class Samples {

    private Samples() {}

    /** Returns the answer to question {@code index} of an exam of {@code of} questions. */
    public static Response response(String run, int step, int index, int of, String output, String response) {
        return response(run, step, index, of, output, response, Optional.empty());
    }

    public static Response response(
            String run, int step, int index, int of, String output, String response, Optional<String> judge) {
        return ResponseBuilder.builder()
                .run(run)
                .step(step)
                .example("e" + index)
                .index(index)
                .of(of)
                .instruction("What is it?")
                .input("")
                .output(output)
                .response(response)
                .finishReason(FinishReason.STOP)
                .promptTokens(12)
                .generatedTokens(3)
                .seconds(0.5)
                .judge(judge)
                .build();
    }

    /** Returns a score without a judge, whose only metric is {@code value}. */
    public static Score score(String run, int step, int index, int of, double value) {
        return ScoreBuilder.builder()
                .run(run)
                .step(step)
                .example("e" + index)
                .index(index)
                .of(of)
                .metrics(Map.of("token_f1", value))
                .build();
    }

    public static Score judged(String run, int step, int index, int of, Verdict... verdicts) {
        return ScoreBuilder.builder()
                .run(run)
                .step(step)
                .example("e" + index)
                .index(index)
                .of(of)
                .verdicts(List.of(verdicts))
                .metrics(Map.of("token_f1", 0.5))
                .build();
    }

    public static Verdict scored(String judge, double score) {
        return ScoreVerdictBuilder.builder().judge(judge).score(score).seconds(1.5).build();
    }

    public static Verdict unreadable(String judge, String text) {
        return ScoreVerdictBuilder.builder().judge(judge).unreadable(text).seconds(1.5).build();
    }
}
