package dev.apprentice.service.log;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import java.util.List;
import java.util.Locale;

/**
 * Sets a span's attributes about a model's answer. The names are those of OpenTelemetry's conventions for generative AI, which
 * any viewer of traces knows (<a href="https://opentelemetry.io/docs/specs/semconv/gen-ai/">semantic conventions</a>).
 */
public final class GenerativeSpan {

    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
    private static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("gen_ai.provider.name");
    private static final AttributeKey<String> MODEL = AttributeKey.stringKey("gen_ai.request.model");
    private static final AttributeKey<Long> INPUT_TOKENS = AttributeKey.longKey("gen_ai.usage.input_tokens");
    private static final AttributeKey<Long> OUTPUT_TOKENS = AttributeKey.longKey("gen_ai.usage.output_tokens");
    private static final AttributeKey<List<String>> FINISH_REASONS = AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");
    private static final String EVALUATION = "gen_ai.evaluation.result";
    private static final AttributeKey<String> EVALUATION_NAME = AttributeKey.stringKey("gen_ai.evaluation.name");
    private static final AttributeKey<Double> EVALUATION_SCORE = AttributeKey.doubleKey("gen_ai.evaluation.score.value");

    /** The provider's name, because none of the conventions' names fits a model that is served here. */
    private static final String PROVIDED_HERE = "apprentice";

    private GenerativeSpan() {}

    /**
     * Records that a checkpoint generated an answer.
     *
     * @param checkpoint the checkpoint's address
     */
    public static void answered(Span span, String checkpoint, long promptTokens, long answerTokens, Enum<?> finishReason) {
        span.setAttribute(OPERATION, "text_completion");
        span.setAttribute(PROVIDER, PROVIDED_HERE);
        span.setAttribute(MODEL, checkpoint);
        span.setAttribute(INPUT_TOKENS, promptTokens);
        span.setAttribute(OUTPUT_TOKENS, answerTokens);
        span.setAttribute(FINISH_REASONS, List.of(finishReason.name().toLowerCase(Locale.ROOT)));
    }

    /** Records a judge's score of an answer. An unreadable score gets no event. */
    public static void graded(Span span, String judge, double score) {
        span.addEvent(EVALUATION, Attributes.of(EVALUATION_NAME, judge, EVALUATION_SCORE, score));
    }
}
