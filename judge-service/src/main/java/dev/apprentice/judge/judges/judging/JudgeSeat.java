package dev.apprentice.judge.judges.judging;

import dev.apprentice.chat.ChatServer;
import dev.apprentice.chat.ModelRefusesException;
import dev.apprentice.chat.Patience;
import dev.apprentice.chat.QuestionRefusedException;
import dev.apprentice.chat.Trouble;
import dev.apprentice.chat.answer.Reading;
import dev.apprentice.judge.judges.rubric.Rubric;
import dev.apprentice.service.log.RunLog;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A model at work: so many questions at the same time, the others in line.
 *
 * <p>There are more threads than places at the server: while some wait for an answer, others write theirs down or have their next
 * question ready, so that a place is taken again as soon as it is free.
 *
 * <p>The line belongs to this model alone, so that one which is away holds up no other's. All judges that ask the same
 * model by different rubrics share its seat.
 */
final class JudgeSeat implements AutoCloseable {

    private static final long IDLE_SECONDS = 60;
    private static final int THREADS_A_PLACE = 2;
    /** Questions for each place that stand in line whatever the other models have to do. */
    private static final int SHORT_LINE = 4;
    private static final String CUT_OFF =
            "(cut off at the limit of its tokens, apprentice.judge.ollama.max-tokens or openai.max-tokens) ";

    private final ChatServer server;
    private final Patience patience;
    private final AnswerCache cache;
    private final SeatMetrics meters;
    private final int parallel;
    private final BooleanSupplier room;
    private final Semaphore places;
    private final ThreadPoolExecutor threads;
    private final AtomicInteger inLine = new AtomicInteger();

    /**
     * Reaches no server yet.
     *
     * @param parallel questions that the model is asked at the same time
     * @param room whether there is room for many questions in memory
     */
    JudgeSeat(
            ChatServer server, Patience patience, AnswerCache cache, int parallel, BooleanSupplier room, SeatMetrics meters) {
        this.parallel = parallel;
        this.room = room;
        this.server = server;
        this.patience = patience;
        this.cache = cache;
        this.meters = meters;
        this.places = new Semaphore(parallel);
        AtomicInteger count = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                THREADS_A_PLACE * parallel, THREADS_A_PLACE * parallel, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = new Thread(task, "judge-" + server.model() + "-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        patience.onTrouble(this::sendAway);
        meters.watch(patience);
    }

    /** The name of the model that sits here. */
    String model() {
        return server.model();
    }

    /** Where the model is asked. */
    String address() {
        return server.address();
    }

    /** Whether another question may stand in line here. A model in trouble gets as many as try whether it is back. */
    boolean hasRoom() {
        int standing = inLine.get();
        return standing < parallel || patience.trouble().isEmpty() && (standing < SHORT_LINE * parallel || room.getAsBoolean());
    }

    /** How many questions stand in line or are being asked. */
    int inLine() {
        return inLine.get();
    }

    /**
     * The answer to a rubric's question, whenever it comes. One that was given before costs nothing. A question whose answer is
     * no longer waited for leaves the line.
     *
     * <p>Fails with a {@link NoRoomException} where the line is full, or its model gets into trouble before it is asked; with a
     * {@link CancellationException} where the service stops before.
     *
     * @param run whom the log lines are about
     * @param anew whether the model is asked even if it has answered before
     */
    Uni<JudgeAnswer> ask(String run, Rubric rubric, String question, boolean anew) {
        return Uni.createFrom()
                .<JudgeAnswer>emitter(answer -> stand(new Question(answer, () -> answer(run, rubric, question, anew))))
                .emitOn(Infrastructure.getDefaultWorkerPool()) // what becomes of the answer keeps no place at the server empty
                .onFailure(failure -> threads.isShutdown())
                .transform(failure -> new CancellationException("judge '" + server.model() + "' is asked no more"));
    }

    private void stand(Question question) {
        if (!hasRoom()) {
            question.answer.fail(new NoRoomException(server.model()));
            return;
        }
        inLine.incrementAndGet();
        question.answer.onTermination(() -> leave(question));
        try {
            threads.execute(question);
        } catch (RejectedExecutionException e) {
            question.answer.fail(e);
        }
    }

    private void leave(Question question) {
        if (question.left.compareAndSet(false, true)) {
            inLine.decrementAndGet();
            question.cancel();
            threads.remove(question);
        }
    }

    /** Those in line wait on disk while the model is away: in memory they would take the room of others. */
    private void sendAway() {
        for (Runnable waiting : threads.getQueue().toArray(Runnable[]::new)) {
            ((Question) waiting).answer.fail(new NoRoomException(server.model()));
        }
    }

    /** Why the model gives no answer; empty while it does. */
    Optional<Trouble> trouble() {
        return patience.trouble();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private JudgeAnswer answer(String run, Rubric rubric, String question, boolean anew) {
        try (RunLog log = RunLog.of(run)) {
            String key = String.join("\n", server.identity(), server.digest().orElse(""), rubric.version(), question);
            Optional<JudgeAnswer> known = anew ? Optional.empty() : cache.get(key);
            known.ifPresent(answer -> meters.remembered());
            return known.orElseGet(() -> askAndRemember(key, rubric, question));
        }
    }

    /** Only what could be read is remembered: once the server or its settings are mended, the rest is asked again. */
    private JudgeAnswer askAndRemember(String key, Rubric rubric, String question) {
        try {
            JudgeAnswer answer = fresh(rubric, question);
            if (answer.reading().isPresent()) {
                cache.put(key, answer);
            }
            return answer;
        } catch (QuestionRefusedException | ModelRefusesException e) {
            return JudgeAnswer.refused(e.getMessage(), server.digest());
        }
    }

    private JudgeAnswer fresh(Rubric rubric, String question) {
        UserMessage asked = UserMessage.from(question);
        Asked first = put(List.of(asked), rubric);
        Optional<Reading> reading = read(first.reply(), rubric);
        if (reading.isPresent() || first.reply().cut() || first.reply().unfinished()) {
            return first.answer(first.reply().text(), reading);
        }
        Asked second = put(
                List.of(
                        asked,
                        AiMessage.from(first.reply().text()),
                        UserMessage.from(rubric.format().reminder(rubric.scale()))),
                rubric);
        return first.plus(second)
                .answer(first.reply().text(), read(second.reply(), rubric));
    }

    /** Half an answer is none: the number in {@code 8} may be the beginning of {@code 85}. */
    private static Optional<Reading> read(ChatServer.Reply reply, Rubric rubric) {
        return reply.unfinished() ? Optional.empty() : rubric.format().read(reply.text(), rubric.scale());
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
        meters.answered(asked.seconds());
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

    /** A question in line. */
    private static final class Question implements Runnable {

        private final UniEmitter<? super JudgeAnswer> answer;
        private final Supplier<JudgeAnswer> work;
        private final AtomicBoolean left = new AtomicBoolean();
        private Thread asking;
        private boolean over;

        Question(UniEmitter<? super JudgeAnswer> answer, Supplier<JudgeAnswer> work) {
            this.answer = answer;
            this.work = work;
        }

        @Override
        public void run() {
            if (!begin()) {
                return;
            }
            JudgeAnswer given;
            try {
                given = work.get();
            } catch (RuntimeException e) { // the asker gets it
                end();
                answer.fail(e);
                return;
            }
            end();
            answer.complete(given);
        }

        private synchronized boolean begin() {
            asking = over ? null : Thread.currentThread();
            return !over;
        }

        private synchronized void end() {
            asking = null;
            over = true;
        }

        /** Ends the asking where it is under way. */
        synchronized void cancel() {
            over = true;
            if (asking != null) {
                asking.interrupt();
            }
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
                            reply.cut() || other.reply.cut(),
                            other.reply.unfinished()),
                    seconds + other.seconds);
        }

        /** A score about half a question is none. */
        JudgeAnswer answer(String text, Optional<Reading> reading) {
            return new JudgeAnswer(
                    reply.unfinished() ? CUT_OFF + text : text,
                    reply.cut() ? Optional.empty() : reading,
                    seconds,
                    reply.digest(),
                    reply.promptTokens(),
                    reply.answerTokens(),
                    reply.cut(),
                    false);
        }

        private static Optional<Integer> sum(Optional<Integer> a, Optional<Integer> b) {
            return a.flatMap(first -> b.map(second -> first + second));
        }
    }
}
