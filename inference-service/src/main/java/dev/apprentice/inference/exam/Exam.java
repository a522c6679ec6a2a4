package dev.apprentice.inference.exam;

import dev.apprentice.contracts.Prompt;
import dev.apprentice.contracts.Response;
import dev.apprentice.inference.InferenceSettings;
import dev.apprentice.inference.model.Answer;
import dev.apprentice.inference.model.HeldCheckpoints;
import dev.apprentice.service.RunLog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jboss.logging.Logger;

/**
 * Answers prompts, batch by batch, and publishes the responses.
 *
 * <p>A batch that fails, mostly because its checkpoint cannot be read now, is put aside and tried again later while the
 * others go on; after the last attempt its prompts go to the dead letters.
 */
@ApplicationScoped
class Exam {

    private static final Logger LOG = Logger.getLogger(Exam.class);

    private final InferenceSettings settings;
    private final HeldCheckpoints checkpoints;
    private final ExamPublisher publisher;
    private final Counter retries;
    private final Counter givenUp;

    Exam(
            InferenceSettings settings,
            HeldCheckpoints checkpoints,
            ExamPublisher publisher,
            MeterRegistry metrics) {
        this.settings = settings;
        this.checkpoints = checkpoints;
        this.publisher = publisher;
        this.retries = Counter.builder("apprentice.exam.retries")
                .description("Batches put aside to be tried again")
                .register(metrics);
        this.givenUp = Counter.builder("apprentice.prompts.given.up")
                .description("Prompts that went to the dead letters after the last attempt")
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
        List<Answer> answers;
        try {
            answers = checkpoints.answerExam(batch.checkpoint(), batch.texts(), batch.maxNewTokens());
        } catch (RuntimeException e) {
            postpone(attempt, e, open);
            return;
        }
        publisher.publish(responses(batch, answers));
        LOG.infof("answered %d prompts with %s", answers.size(), batch.checkpoint().uri());
    }

    private void postpone(Attempt attempt, RuntimeException failure, Queue<Attempt> open) throws InterruptedException {
        int prompts = attempt.batch().prompts().size();
        if (attempt.number() >= settings.retry().attempts()) {
            LOG.errorf(failure, "gave up on %d prompts after %d attempts: %s", prompts, attempt.number(), failure);
            givenUp.increment(prompts);
            publisher.giveUp(attempt.batch().records(), failure);
            return;
        }
        Duration wait = settings.retry().waitAfter(attempt.number());
        LOG.warnf("%d prompts wait %.1f s for attempt %d of %d: %s", prompts, wait.toMillis() / 1e3,
                attempt.number() + 1, settings.retry().attempts(), failure);
        retries.increment();
        open.add(attempt.next(wait));
    }

    private static List<Response> responses(PromptBatch batch, List<Answer> answers) {
        List<Response> responses = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            responses.add(response(batch.prompts().get(i).prompt(), answers.get(i)));
        }
        return responses;
    }

    private static Response response(Prompt prompt, Answer answer) {
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
                Optional.empty(),
                Optional.empty());
    }
}
