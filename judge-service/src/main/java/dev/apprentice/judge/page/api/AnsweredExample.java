package dev.apprentice.judge.page.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Score;
import dev.apprentice.contracts.event.Score.Verdict;
import dev.apprentice.judge.responses.ScoredResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A test example, the answer to it, and what is thought of that.
 *
 * @param example the example's id
 * @param index its place in the exam, from 0
 * @param instruction what was asked
 * @param input what it was asked about, may be empty
 * @param reference the answer that was hoped for
 * @param answer the checkpoint's
 * @param base the untouched base model's; empty where the checkpoint is the base or the base has not answered
 */
public record AnsweredExample(
        String example,
        int index,
        String instruction,
        String input,
        String reference,
        Answer answer,
        Optional<Answer> base) {

    /**
     * An answer and what is thought of it.
     *
     * @param text the answer
     * @param finishReason why it ended
     * @param generatedTokens tokens the model wrote, the end-of-text included
     * @param graded whether it is graded, by all its judges where it has some
     * @param verdicts each judge's
     * @param metrics by name
     * @param awaited judges that have not answered yet, where others have or they take long
     */
    public record Answer(
            String text,
            Response.FinishReason finishReason,
            int generatedTokens,
            boolean graded,
            List<Verdict> verdicts,
            Map<String, Double> metrics,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> awaited) {

        static Answer of(ScoredResponse scored) {
            Response response = scored.response();
            return new Answer(
                    response.response(),
                    response.finishReason(),
                    response.generatedTokens(),
                    scored.score().filter(Score::whole).isPresent(),
                    scored.score().map(Score::verdicts).orElse(List.of()),
                    scored.score().map(Score::metrics).orElse(Map.of()),
                    scored.score().map(Score::awaited).orElse(List.of()));
        }
    }

    static AnsweredExample of(ScoredResponse scored, Optional<ScoredResponse> base) {
        Response response = scored.response();
        return new AnsweredExample(
                response.example(),
                response.index(),
                response.instruction(),
                response.input(),
                response.output(),
                Answer.of(scored),
                base.map(Answer::of));
    }
}
