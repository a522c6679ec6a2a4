package dev.apprentice.judge.judges.judging;

import dev.apprentice.chat.Trouble;
import dev.apprentice.judge.judges.rubric.Rubric;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
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
    /** Questions for each place that stand in line, however much the other models have to do. */
    private static final int SHORT_LINE = 4;

    private final JudgeModel model;
    private final int parallel;
    private final BooleanSupplier room;
    private final ThreadPoolExecutor threads;
    private final AtomicInteger inLine = new AtomicInteger();

    /**
     * Reaches no server yet.
     *
     * @param room whether there is room for many questions in memory
     */
    JudgeSeat(JudgeModel model, BooleanSupplier room) {
        this.model = model;
        this.parallel = model.parallel();
        this.room = room;
        AtomicInteger count = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                THREADS_A_PLACE * parallel, THREADS_A_PLACE * parallel, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = new Thread(task, "judge-" + model.name() + "-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        model.onTrouble(this::sendAway);
    }

    /** The name of the model that sits here. */
    String model() {
        return model.name();
    }

    /** Where the model is asked. */
    String address() {
        return model.address();
    }

    /** Whether another question may stand in line here. A model in trouble gets as many as try whether it is back. */
    boolean hasRoom() {
        int standing = inLine.get();
        return standing < parallel || model.trouble().isEmpty() && (standing < SHORT_LINE * parallel || room.getAsBoolean());
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
                .<JudgeAnswer>emitter(answer -> stand(new Question(answer, () -> model.answer(run, rubric, question, anew))))
                .emitOn(Infrastructure.getDefaultWorkerPool()) // what becomes of the answer keeps no place at the server empty
                .onFailure(failure -> threads.isShutdown())
                .transform(failure -> new CancellationException("judge '" + model.name() + "' is asked no more"));
    }

    private void stand(Question question) {
        if (!hasRoom()) {
            question.answer.fail(new NoRoomException(model.name()));
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
            ((Question) waiting).answer.fail(new NoRoomException(model.name()));
        }
    }

    /** Why the model gives no answer; empty while it does. */
    Optional<Trouble> trouble() {
        return model.trouble();
    }

    @Override
    public void close() {
        threads.shutdownNow();
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
}
