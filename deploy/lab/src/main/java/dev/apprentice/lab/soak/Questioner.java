package dev.apprentice.lab.soak;

import dev.apprentice.cli.client.AnswerListener;
import dev.apprentice.cli.client.InferenceClient;
import dev.apprentice.cli.client.Question;
import dev.apprentice.cli.client.ServiceException;
import dev.apprentice.cli.client.UnreachableException;
import dev.apprentice.cli.client.answer.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks the served model questions repeatedly, across checkpoints. */
final class Questioner implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int MOST_TOKENS = 8;

    private final InferenceClient inference;
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final SortedSet<Integer> steps = new ConcurrentSkipListSet<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread asking = new Thread(task, "questions");
        asking.setDaemon(true);
        return asking;
    });

    private volatile Optional<String> firstFailure = Optional.empty();

    Questioner(InferenceClient inference) {
        this.inference = inference;
    }

    /** Starts to ask. There must be a checkpoint. */
    void begin() {
        thread.scheduleWithFixedDelay(this::ask, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void ask() {
        try {
            Answer answer =
                    inference.ask(Question.of("Add 1 to " + answered.get() + ".", MOST_TOKENS), AnswerListener.NONE);
            answered.incrementAndGet();
            steps.add(answer.step());
        } catch (ServiceException | UnreachableException e) {
            if (failed.getAndIncrement() == 0) {
                firstFailure = Optional.of(e.getMessage());
            }
        }
    }

    int failed() {
        return failed.get();
    }

    /** Returns a summary such as {@code 2300 questions answered by 98 checkpoints, 0 failed}. */
    @Override
    public String toString() {
        return answered + " questions answered by " + steps.size() + " checkpoints, " + failed + " failed"
                + firstFailure.map(why -> ", the first because: " + why).orElse("");
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
