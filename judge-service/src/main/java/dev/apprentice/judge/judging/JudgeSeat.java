package dev.apprentice.judge.judging;

import dev.apprentice.judge.rubric.Reading;
import dev.apprentice.judge.rubric.Rubric;
import dev.apprentice.service.RunLog;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A model at work: so many questions at the same time, the others in line.
 *
 * <p>There are more threads than places at the server: while some wait for an answer, others write theirs down or have their next
 * question ready, so that a place is taken again as soon as it is free.
 *
 * <p>The line belongs to this model alone, so that one which is away holds up nobody else's. All judges that ask the same
 * model by different rubrics share its seat.
 */
final class JudgeSeat implements AutoCloseable {

    private static final long IDLE_SECONDS = 60;
    private static final int THREADS_A_PLACE = 2;

    private final ChatServer server;
    private final Patience patience;
    private final AnswerCache cache;
    private final JudgeMeters meters;
    private final Semaphore places;
    private final ThreadPoolExecutor threads;

    JudgeSeat(ChatServer server, Patience patience, AnswerCache cache, int parallel, JudgeMeters meters) {
        this.server = server;
        this.patience = patience;
        this.cache = cache;
        this.meters = meters;
        this.places = new Semaphore(parallel);
        AtomicInteger count = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                THREADS_A_PLACE * parallel, THREADS_A_PLACE * parallel, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                task -> new Thread(task, "judge-" + server.model() + "-" + count.incrementAndGet()));
        threads.allowCoreThreadTimeOut(true);
    }

    /** The name of the model that sits here. */
    String model() {
        return server.model();
    }

    /**
     * The answer to a rubric's question, whenever it comes. One that was given before costs nothing.
     *
     * <p>Fails with a {@link CancellationException} where the service stops before.
     *
     * @param run whom the log lines are about
     */
    Uni<Answer> ask(String run, Rubric rubric, String question) {
        return Uni.createFrom()
                .item(() -> answer(run, rubric, question))
                .runSubscriptionOn(threads)
                .emitOn(Infrastructure.getDefaultWorkerPool()) // what becomes of the answer keeps no place at the server empty
                .onFailure(failure -> threads.isShutdown())
                .transform(failure -> new CancellationException("judge '" + server.model() + "' is asked no more"));
    }

    /** Why the model gives no answer; empty while it does. */
    Optional<String> trouble() {
        return patience.trouble();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private Answer answer(String run, Rubric rubric, String question) {
        try (RunLog log = RunLog.of(run)) {
            String key = String.join("\n", server.identity(), server.digest().orElse(""), rubric.version(), question);
            Optional<Answer> known = cache.get(key);
            known.ifPresent(answer -> meters.remembered(server.model()));
            return known.orElseGet(() -> askAndRemember(key, rubric, question));
        }
    }

    /** A refusal is not remembered: whoever mends the server's settings wants the question asked again. */
    private Answer askAndRemember(String key, Rubric rubric, String question) {
        try {
            Answer answer = fresh(rubric, question);
            cache.put(key, answer);
            return answer;
        } catch (QuestionRefusedException e) {
            return new Answer(
                    e.getMessage(), Optional.empty(), 0, server.digest(), Optional.empty(), Optional.empty(), false);
        }
    }

    private Answer fresh(Rubric rubric, String question) {
        UserMessage asked = UserMessage.from(question);
        Asked first = put(List.of(asked), rubric);
        Optional<Reading> reading = rubric.format().read(first.reply().text(), rubric.scale());
        if (reading.isPresent() || first.reply().cut()) {
            return first.answer(first.reply().text(), reading);
        }
        Asked second = put(
                List.of(
                        asked,
                        AiMessage.from(first.reply().text()),
                        UserMessage.from(rubric.format().reminder(rubric.scale()))),
                rubric);
        return first.plus(second)
                .answer(first.reply().text(), rubric.format().read(second.reply().text(), rubric.scale()));
    }

    private Asked put(List<ChatMessage> conversation, Rubric rubric) {
        Optional<JsonSchema> schema = rubric.format().schema();
        takePlace();
        Asked asked;
        try {
            asked = patience.await(() -> {
                long start = System.nanoTime();
                ChatServer.Reply reply = server.chat(conversation, schema);
                return new Asked(reply, (double) (System.nanoTime() - start) / TimeUnit.SECONDS.toNanos(1));
            });
        } finally {
            places.release();
        }
        meters.answered(server.model(), asked.seconds());
        return asked;
    }

    private void takePlace() {
        try {
            places.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("judge '" + server.model() + "' was interrupted");
        }
    }

    /** A reply and the time that it took. */
    private record Asked(ChatServer.Reply reply, double seconds) {

        Asked plus(Asked other) {
            return new Asked(
                    new ChatServer.Reply(
                            other.reply.text(),
                            other.reply.digest(),
                            sum(reply.promptTokens(), other.reply.promptTokens()),
                            sum(reply.answerTokens(), other.reply.answerTokens()),
                            reply.cut() || other.reply.cut()),
                    seconds + other.seconds);
        }

        /** A score about half a question is none. */
        Answer answer(String text, Optional<Reading> reading) {
            return new Answer(
                    text,
                    reply.cut() ? Optional.empty() : reading,
                    seconds,
                    reply.digest(),
                    reply.promptTokens(),
                    reply.answerTokens(),
                    reply.cut());
        }

        private static Optional<Integer> sum(Optional<Integer> a, Optional<Integer> b) {
            return a.flatMap(first -> b.map(second -> first + second));
        }
    }
}
