package dev.apprentice.judge.judges.grading;

import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Score;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.judge.JudgeSettings;
import dev.apprentice.service.log.GenerativeSpan;
import dev.apprentice.service.log.RunLog;
import dev.apprentice.service.log.TraceContext;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.jboss.logging.Logger;

/**
 * Reads responses from their topic and publishes a score for each.
 *
 * <p>A response counts as consumed once its first score is written. One that is interrupted earlier is graded again after a
 * restart; its score has the same key and is counted once. Scores are published in the order in which they are ready. If the
 * first score still awaits judges, {@link Backlog} continues the grading, so a judge that is away does not delay other responses.
 */
@ApplicationScoped
public class ResponseChannel {

    static final String RESPONSES = "responses";
    static final String SCORES = "scores";

    private static final Logger LOG = Logger.getLogger(ResponseChannel.class);

    private final Grader grader;
    private final LaterScores later;
    private final int mostPending;
    private final AtomicInteger pending;
    private final Counter graded;
    private final Tracer tracer;

    ResponseChannel(Grader grader, LaterScores later, JudgeSettings settings, MeterRegistry registry, Tracer tracer) {
        this.grader = grader;
        this.later = later;
        this.tracer = tracer;
        this.mostPending = settings.pending();
        this.pending = new AtomicInteger();
        Gauge.builder("apprentice.judge.responses.pending", pending, AtomicInteger::get)
                .description("Responses read from their topic and not graded yet")
                .register(registry);
        this.graded = Counter.builder("apprentice.judge.responses.graded")
                .description("Responses whose score is complete: no judge is awaited")
                .register(registry);
    }

    @Incoming(RESPONSES)
    @Outgoing(SCORES)
    Multi<Message<Score>> grade(Multi<Message<byte[]>> responses) {
        return Multi.createBy().merging().streams(
                responses.onItem().transformToUni(this::grade).merge(mostPending),
                later.all().map(score -> publication(Message.of(score), score, Span.getInvalid())));
    }

    /** Grades the response in a message. Emits nothing if there is no score to publish. */
    private Uni<Message<Score>> grade(Message<byte[]> message) {
        return Uni.createFrom()
                .deferred(() -> read(message))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .onFailure(ResponseChannel::isStopping)
                .recoverWithUni(Uni.createFrom().nothing()) // stopping: not acknowledged, so it is delivered again
                .onFailure()
                .recoverWithUni(unusable -> nothingAfter(Uni.createFrom().completionStage(() -> message.nack(unusable))));
    }

    private static Uni<Message<Score>> nothingAfter(Uni<Void> work) {
        return work.replaceWith((Message<Score>) null);
    }

    private static boolean isStopping(Throwable failure) {
        return failure instanceof CancellationException || failure instanceof RejectedExecutionException;
    }

    private Uni<Message<Score>> read(Message<byte[]> message) {
        if (message.getPayload() == null) { // a tombstone is ignored: it does not withdraw an answer
            return nothingAfter(Uni.createFrom().completionStage(message::ack));
        }
        Response response = Topics.RESPONSES.read(headersOf(message), message.getPayload());
        pending.incrementAndGet();
        Span span = TraceContext.begin(tracer, "grade response", headersOf(message));
        return grader.grade(response)
                .invoke(score -> score.verdicts().forEach(verdict ->
                        verdict.score().ifPresent(points -> GenerativeSpan.graded(span, verdict.judge(), points))))
                .onTermination()
                .invoke(() -> {
                    pending.decrementAndGet();
                    span.end();
                })
                .map(score -> publication(message.withPayload(score), score, span));
    }

    private static Headers headersOf(Message<byte[]> message) {
        return message.getMetadata(IncomingKafkaRecordMetadata.class)
                .map(IncomingKafkaRecordMetadata::getHeaders)
                .orElseGet(RecordHeaders::new);
    }

    private Message<Score> publication(Message<Score> message, Score score, Span span) {
        Headers headers = new RecordHeaders();
        TraceContext.put(Context.root().with(span), headers);
        if (score.whole()) {
            graded.increment();
        }
        try (RunLog log = RunLog.of(score.run(), score.step()).in(span)) {
            LOG.debugf("graded %s, awaited: %s", score.key(), score.awaited());
        }
        return message.addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                .withKey(score.key())
                .withHeaders(headers)
                .build());
    }
}
