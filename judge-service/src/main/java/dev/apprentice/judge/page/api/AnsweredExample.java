package dev.apprentice.judge.page.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Score;
import dev.apprentice.contracts.event.Score.Verdict;
import dev.apprentice.contracts.event.Turn;
import dev.apprentice.judge.responses.ScoredResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A test example, a checkpoint's answer to it, and the grades of the answer.
 *
 * @param example the example's id
 * @param index its place in the exam, from 0
 * @param system the system prompt; empty if there is none
 * @param turns the turns of a conversation before the instruction
 * @param instruction what was asked
 * @param input what it was asked about, may be empty
 * @param reference the reference answer
 * @param answer the checkpoint's answer
 * @param base the base model's answer; empty if the checkpoint is the base model, or the base model has not answered
 */
public record AnsweredExample(
        String example,
        int index,
        Optional<String> system,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Turn> turns,
        String instruction,
        String input,
        String reference,
        Answer answer,
        Optional<Answer> base) {

    /**
     * An answer and its grades.
     *
     * @param text the answer
     * @param finishReason why it ended
     * @param generatedTokens tokens the model wrote, the end-of-text included
     * @param graded whether it is graded, by all its judges if it has any
     * @param verdicts each judge's verdict
     * @param metrics the reference metrics by name
     * @param awaited judges that have not answered yet, once a partial score is published
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
                response.system(),
                response.turns(),
                response.instruction(),
                response.input(),
                response.output(),
                Answer.of(scored),
                base.map(Answer::of));
    }
}
