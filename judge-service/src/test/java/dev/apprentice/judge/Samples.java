package dev.apprentice.judge;

import dev.apprentice.contracts.Response;
import dev.apprentice.contracts.Response.FinishReason;
import dev.apprentice.contracts.Score;
import dev.apprentice.contracts.Score.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events for tests; what a test does not care about is the same everywhere. */
public final class Samples {

    private Samples() {}

    /** The answer to question {@code index} of an exam of {@code of} questions. */
    public static Response response(String run, int step, int index, int of, String output, String response) {
        return response(run, step, index, of, output, response, Optional.empty());
    }

    public static Response response(
            String run, int step, int index, int of, String output, String response, Optional<String> judge) {
        return new Response(
                run, step, "e" + index, index, of, "What is it?", "", output, response,
                FinishReason.STOP, 12, 3, 0.5, judge);
    }

    /** A score without a judge, its one metric being {@code value}. */
    public static Score score(String run, int step, int index, int of, double value) {
        return new Score(run, step, "e" + index, index, of, List.of(), Map.of("token_f1", value));
    }

    public static Score judged(String run, int step, int index, int of, Verdict... verdicts) {
        return new Score(run, step, "e" + index, index, of, List.of(verdicts), Map.of("token_f1", 0.5));
    }

    public static Verdict scored(String judge, double score) {
        return new Verdict(judge, Optional.of(score), Optional.empty(), 1.5);
    }

    public static Verdict unreadable(String judge, String text) {
        return new Verdict(judge, Optional.empty(), Optional.of(text), 1.5);
    }
}
