package dev.apprentice.judge.page.download;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Score;
import dev.apprentice.judge.responses.ScoredResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The textbook's {@code instruction-data-with-response.json}, with the scores added that the textbook only prints.
 *
 * @see <a href="https://github.com/rasbt/LLMs-from-scratch">LLMs from scratch, chapter 7</a>
 */
public final class TextbookScores {

    private TextbookScores() {}

    /**
     * One entry; the first four fields are the textbook's.
     *
     * @param instruction what was asked
     * @param input what it was asked about, may be empty
     * @param output the reference answer
     * @param modelResponse the model's answer
     * @param scores each judge's score by its name; null if its answer could not be read
     * @param metrics reference metrics by name
     */
    @JsonPropertyOrder({"instruction", "input", "output", "model_response", "scores", "metrics"})
    public record Entry(
            String instruction,
            String input,
            String output,
            @JsonProperty("model_response") String modelResponse,
            @JsonInclude(content = JsonInclude.Include.ALWAYS) Map<String, Double> scores,
            Map<String, Double> metrics) {}

    /** Returns the entries in the order of the exam. */
    public static List<Entry> of(List<ScoredResponse> exam) {
        return exam.stream().map(TextbookScores::entry).toList();
    }

    private static Entry entry(ScoredResponse scored) {
        Response response = scored.response();
        Map<String, Double> scores = new TreeMap<>();
        scored.score().map(Score::verdicts).orElse(List.of()).forEach(verdict -> scores.put(
                verdict.judge(), verdict.score().orElse(null)));
        return new Entry(
                response.instruction(),
                response.input(),
                response.output(),
                response.response(),
                scores,
                scored.score().map(Score::metrics).orElse(Map.of()));
    }
}
