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
 * The queue of one model: a limited number of questions are asked at the same time, and the others wait.
 *
 * <p>There are more threads than parallel requests to the server. While some threads wait for an answer, others store theirs or
 * prepare the next question, so that the server is never idle for long.
 *
 * <p>Each model has its own queue, so a model that is away does not delay the others. All judges that ask the same model with
 * different rubrics share its queue.
 */
final class JudgeSeat implements AutoCloseable {

    private static final long IDLE_SECONDS = 60;
    private static final int THREADS_A_PLACE = 2;
    /** Questions for each parallel request that may always wait here, however many questions wait for other models. */
    private static final int SHORT_LINE = 4;
    /** The length of a queue that takes no more questions. */
    private static final int RETIRED = -1;

    private final JudgeModel model;
    private final int parallel;
    private final BooleanSupplier room;
    private final ThreadPoolExecutor threads;
    private final AtomicInteger inLine = new AtomicInteger();

    /**
     * Creates the queue without contacting the server.
     *
     * @param room whether the questions of all models together leave room in memory for many more
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

    /** Returns the model's name. */
    String model() {
        return model.name();
    }

    /** Returns the address of the model's server. */
    String address() {
        return model.address();
    }

    /**
     * Tells whether another question may join the queue. A model in trouble gets only as many questions as are asked at the same
     * time; they test whether it is back.
     */
    boolean hasRoom() {
        int standing = inLine.get();
        return standing != RETIRED
                && (standing < parallel
                        || model.trouble().isEmpty() && (standing < SHORT_LINE * parallel || room.getAsBoolean()));
    }

    /** Returns how many questions wait or are being asked. */
    int inLine() {
        return Math.max(0, inLine.get());
    }

    /**
     * Returns the answer to a rubric's question as soon as there is one, from the cache if possible. If the subscriber cancels,
     * the question leaves the queue.
     *
     * <p>Fails with a {@link NoRoomException} if the queue is full, or if the model gets into trouble before the question is
     * asked. Fails with a {@link CancellationException} if the service stops first.
     *
     * @param run the run that the log lines are about
     * @param anew whether to ask the model even if it has answered before
     */
    Uni<JudgeAnswer> ask(String run, Rubric rubric, String question, boolean anew) {
        return Uni.createFrom()
                .<JudgeAnswer>emitter(answer -> stand(new Question(answer, () -> model.answer(run, rubric, question, anew))))
                .emitOn(Infrastructure.getDefaultWorkerPool()) // processing an answer must not delay the next question
                .onFailure(failure -> threads.isShutdown())
                .transform(failure -> new CancellationException(
                        "judge '" + model.name() + "' is not asked any more: the service is stopping"));
    }

    private void stand(Question question) {
        if (!hasRoom() || inLine.getAndUpdate(length -> length == RETIRED ? RETIRED : length + 1) == RETIRED) {
            question.answer.fail(new NoRoomException(model.name()));
            return;
        }
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

    /**
     * Removes all waiting questions while the model is away. They wait on disk; in memory they would take the room of other
     * models.
     */
    private void sendAway() {
        for (Runnable waiting : threads.getQueue().toArray(Runnable[]::new)) {
            ((Question) waiting).answer.fail(new NoRoomException(model.name()));
        }
    }

    /**
     * Ends an unused queue and its metrics. A question that comes later finds no room in it and is asked again in a new one.
     *
     * @return whether it was unused
     */
    boolean retire() {
        boolean unused = inLine.compareAndSet(0, RETIRED);
        if (unused) {
            model.retire();
        }
        return unused;
    }

    /** Returns why the model gives no answer; empty while it does. */
    Optional<Trouble> trouble() {
        return model.trouble();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** A question in the queue. */
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
            } catch (RuntimeException e) { // the subscriber gets it
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

        /** Cancels this question, and interrupts the thread that is asking it. */
        synchronized void cancel() {
            over = true;
            if (asking != null) {
                asking.interrupt();
            }
        }
    }
}
