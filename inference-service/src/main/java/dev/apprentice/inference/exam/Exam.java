package dev.apprentice.inference.exam;

import dev.apprentice.contracts.Prompt;
import dev.apprentice.contracts.Response;
import dev.apprentice.contracts.Topics;
import dev.apprentice.inference.InferenceSettings;
import dev.apprentice.inference.model.Answer;
import dev.apprentice.inference.model.CheckpointUnavailableException;
import dev.apprentice.inference.model.HeldCheckpoints;
import dev.apprentice.inference.model.Likelihood;
import dev.apprentice.service.RunLog;
import dev.apprentice.service.TraceContext;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/**
 * Answers prompts, batch by batch, and publishes the responses.
 *
 * <p>A batch whose checkpoint cannot be read now is put aside and tried again later while the others go on; after the last
 * attempt its prompts go to the dead letters. A batch that fails for another reason has a prompt that the model cannot answer:
 * its prompts are answered one by one, and only those that fail alone go to the dead letters.
 */
@ApplicationScoped
class Exam {

    private static final Logger LOG = Logger.getLogger(Exam.class);

    private final InferenceSettings settings;
    private final HeldCheckpoints checkpoints;
    private final ExamPublisher publisher;
    private final Counter retries;
    private final Counter givenUp;
    private final Tracer tracer;

    Exam(
            InferenceSettings settings,
            HeldCheckpoints checkpoints,
            ExamPublisher publisher,
            MeterRegistry metrics,
            Tracer tracer) {
        this.settings = settings;
        this.checkpoints = checkpoints;
        this.publisher = publisher;
        this.tracer = tracer;
        this.retries = Counter.builder("apprentice.exam.retries")
                .description("Batches put aside to be tried again")
                .register(metrics);
        this.givenUp = Counter.builder("apprentice.prompts.given.up")
                .description("Prompts that went to the dead letters because nobody can answer them")
                .register(metrics);
    }

    /** Returns when each prompt has been answered or given up, and Kafka has the outcome. */
    void sit(List<ReceivedPrompt> prompts) throws InterruptedException {
        Queue<Attempt> open = new PriorityQueue<>();
        PromptBatch.of(prompts, settings.batchSize()).forEach(batch -> open.add(Attempt.first(batch)));
        while (!open.isEmpty()) {
            Attempt attempt = open.remove();
            attempt.awaitDue();
            try (RunLog log = RunLog.of(attempt.batch().run())) {
                answer(attempt, open);
            }
        }
    }

    private void answer(Attempt attempt, Queue<Attempt> open) throws InterruptedException {
        PromptBatch batch = attempt.batch();
        List<Span> spans = batch.records().stream()
                .map(record -> TraceContext.begin(tracer, "answer prompt", record.headers()))
                .toList();
        try {
            List<Answer> answers = checkpoints.answerExam(batch.checkpoint(), batch.texts(), batch.maxNewTokens());
            publisher.publish(responses(batch, answers, likelihoods(batch), spans));
            LOG.infof("answered %d prompts with %s", answers.size(), batch.checkpoint().uri());
        } catch (CheckpointUnavailableException e) {
            spans.forEach(span -> span.recordException(e));
            postpone(attempt, e, open);
        } catch (RuntimeException e) {
            spans.forEach(span -> span.recordException(e));
            singleOut(batch, e, open);
        } finally {
            spans.forEach(Span::end);
        }
    }

    /** How likely each reference answer is; empty throughout where nobody wants to know. */
    private List<Optional<Likelihood>> likelihoods(PromptBatch batch) throws InterruptedException {
        return settings.referenceLikelihood()
                ? checkpoints.likelihoods(batch.checkpoint(), batch.texts(), batch.references())
                : Collections.nCopies(batch.prompts().size(), Optional.empty());
    }

    private void postpone(Attempt attempt, CheckpointUnavailableException failure, Queue<Attempt> open)
            throws InterruptedException {
        int prompts = attempt.batch().prompts().size();
        if (attempt.number() >= settings.retry().attempts()) {
            giveUp(attempt.batch(), failure);
            return;
        }
        Duration wait = settings.retry().waitAfter(attempt.number());
        LOG.warnf("%d prompts wait %.1f s for attempt %d of %d: %s", prompts, wait.toMillis() / 1e3,
                attempt.number() + 1, settings.retry().attempts(), failure);
        retries.increment();
        open.add(attempt.next(wait));
    }

    /** Whoever fails alone is the one that made its batch fail; another time it would do so again. */
    private void singleOut(PromptBatch batch, RuntimeException failure, Queue<Attempt> open) throws InterruptedException {
        if (batch.prompts().size() == 1) {
            giveUp(batch, failure);
            return;
        }
        LOG.warnf(failure, "%d prompts are answered one by one, together they cannot be: %s", batch.prompts().size(), failure);
        batch.oneByOne().forEach(alone -> open.add(Attempt.first(alone)));
    }

    private void giveUp(PromptBatch batch, RuntimeException failure) throws InterruptedException {
        LOG.errorf(failure, "gave up on %d prompts: %s", batch.prompts().size(), failure);
        givenUp.increment(batch.prompts().size());
        publisher.giveUp(batch.records(), failure);
    }

    private static List<ProducerRecord<String, Response>> responses(
            PromptBatch batch, List<Answer> answers, List<Optional<Likelihood>> likelihoods, List<Span> spans) {
        List<ProducerRecord<String, Response>> responses = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            Response response = response(batch.prompts().get(i).prompt(), answers.get(i), likelihoods.get(i));
            ProducerRecord<String, Response> record =
                    new ProducerRecord<>(Topics.RESPONSES.name(), response.key(), response);
            TraceContext.put(Context.root().with(spans.get(i)), record.headers());
            responses.add(record);
        }
        return responses;
    }

    private static Response response(Prompt prompt, Answer answer, Optional<Likelihood> likelihood) {
        return new Response(
                prompt.run(),
                prompt.step(),
                prompt.example(),
                prompt.index(),
                prompt.of(),
                prompt.instruction(),
                prompt.input(),
                prompt.output(),
                answer.text(),
                answer.finishReason(),
                answer.promptTokens(),
                answer.generatedTokens(),
                answer.seconds(),
                prompt.judge(),
                prompt.labels(),
                likelihood.map(Likelihood::logProbability),
                likelihood.map(Likelihood::tokens));
    }
}
