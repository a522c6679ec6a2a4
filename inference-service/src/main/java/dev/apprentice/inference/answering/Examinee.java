package dev.apprentice.inference.answering;

import dev.apprentice.contracts.event.Prompt;
import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.ResponseBuilder;
import dev.apprentice.inference.InferenceSettings;
import dev.apprentice.inference.models.GeneratedAnswer;
import dev.apprentice.inference.models.HeldCheckpoints;
import dev.apprentice.inference.models.Likelihood;
import dev.apprentice.service.log.GenerativeSpan;
import dev.apprentice.service.log.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Answers a batch of prompts with their checkpoint. Each response continues its prompt's trace. */
@ApplicationScoped
class Examinee {

    private final HeldCheckpoints checkpoints;
    private final boolean referenceLikelihood;
    private final Tracer tracer;

    Examinee(InferenceSettings settings, HeldCheckpoints checkpoints, Tracer tracer) {
        this.checkpoints = checkpoints;
        this.referenceLikelihood = settings.referenceLikelihood();
        this.tracer = tracer;
    }

    /**
     * Answers all prompts of the batch, in its order.
     *
     * @throws dev.apprentice.inference.models.CheckpointUnavailableException if the checkpoint cannot be read or does not have
     *     its announced digest
     * @throws RuntimeException if the model cannot answer one of the prompts
     */
    List<AnsweredPrompt> answer(PromptBatch batch) throws InterruptedException {
        List<Span> spans = batch.prompts().stream()
                .map(prompt -> TraceContext.begin(tracer, "answer prompt", prompt.record().headers()))
                .toList();
        try {
            List<GeneratedAnswer> answers = checkpoints.answerExam(batch.checkpoint(), batch.questions(), batch.maxNewTokens());
            List<Optional<Likelihood>> likelihoods = likelihoods(batch);
            List<AnsweredPrompt> answered = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                ReceivedPrompt prompt = batch.prompts().get(i);
                GeneratedAnswer answer = answers.get(i);
                GenerativeSpan.answered(spans.get(i), batch.checkpoint().uri().toString(), answer.promptTokens(),
                        answer.generatedTokens(), answer.finishReason());
                Headers headers = new RecordHeaders();
                TraceContext.put(Context.root().with(spans.get(i)), headers);
                answered.add(new AnsweredPrompt(
                        prompt, response(prompt.prompt(), answer, likelihoods.get(i)), headers));
            }
            return answered;
        } catch (RuntimeException e) {
            spans.forEach(span -> span.recordException(e));
            throw e;
        } finally {
            spans.forEach(Span::end);
        }
    }

    /** Returns how likely the model finds each reference answer; empty for all prompts if the service's setting turns that off. */
    private List<Optional<Likelihood>> likelihoods(PromptBatch batch) throws InterruptedException {
        return referenceLikelihood
                ? checkpoints.likelihoods(batch.checkpoint(), batch.questions(), batch.references())
                : Collections.nCopies(batch.prompts().size(), Optional.empty());
    }

    private static Response response(Prompt prompt, GeneratedAnswer answer, Optional<Likelihood> likelihood) {
        return ResponseBuilder.builder()
                .run(prompt.run())
                .step(prompt.step())
                .example(prompt.example())
                .index(prompt.index())
                .of(prompt.of())
                .instruction(prompt.instruction())
                .input(prompt.input())
                .output(prompt.output())
                .response(answer.text())
                .finishReason(answer.finishReason())
                .promptTokens(answer.promptTokens())
                .generatedTokens(answer.generatedTokens())
                .seconds(answer.seconds())
                .judge(prompt.judge())
                .labels(prompt.labels())
                .category(prompt.category())
                .referenceLogProbability(likelihood.map(Likelihood::logProbability))
                .referenceTokens(likelihood.map(Likelihood::tokens))
                .system(prompt.system())
                .turns(prompt.turns())
                .build();
    }
}
