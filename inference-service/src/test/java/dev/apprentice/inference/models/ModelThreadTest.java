package dev.apprentice.inference.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import dev.apprentice.service.threads.WatchedThreads;
import dev.apprentice.testkit.OwnProcess;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelThreadTest {

    private final List<String> order = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch busy = new CountDownLatch(1);
    private final WatchedThreads threads = new WatchedThreads();
    private final ModelThread thread = new ModelThread(threads);

    @BeforeEach
    void start() {
        thread.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        busy.countDown();
        thread.stop();
    }

    @Test
    void questionsAndExamTakeTurns() throws Exception {
        occupy();
        CompletableFuture<?>[] all = {
            thread.examBatch(() -> order.add("exam 1")),
            thread.examBatch(() -> order.add("exam 2")),
            thread.question(() -> order.add("question 1")),
            thread.question(() -> order.add("question 2")),
        };

        busy.countDown();
        CompletableFuture.allOf(all).get();

        assertThat(order).containsExactly("question 1", "exam 1", "question 2", "exam 2");
    }

    @Test
    void aCardThatFailedForGoodEndsTheProcessBeforeTheNextPromptFailsOnIt() throws Exception {
        Process process = OwnProcess.java(OnABrokenCard.class, List.of("-Xmx64m", "-Dorg.jboss.logging.provider=jdk")).redirectErrorStream(true).start();

        assertThat(new String(process.getInputStream().readAllBytes()))
                .contains("the graphics card failed (CUDA error: unspecified launch failure)")
                .doesNotContain("given up")
                .doesNotContain("next prompt");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    /** A process whose graphics card fails during the first of two prompts. */
    static final class OnABrokenCard {

        public static void main(String[] arguments) {
            ModelThread thread = new ModelThread(new WatchedThreads());
            CompletableFuture<Object> failing = thread.examBatch(() -> {
                throw new EngineException("CUDA error: unspecified launch failure");
            });
            failing.whenComplete((answer, failure) -> System.out.println("given up"));
            CompletableFuture<Void> next = thread.examBatch(() -> null);
            next.thenRun(() -> System.out.println("next prompt"));
            thread.start();
            next.join(); // the model's thread is a daemon, which does not keep the process running
        }
    }

    @Test
    void goesOnAfterWorkThatFails() throws Exception {
        CompletableFuture<Object> failing = thread.question(() -> {
            throw new IllegalStateException("cannot");
        });

        assertThatThrownBy(failing::get).isInstanceOf(ExecutionException.class).hasRootCauseMessage("cannot");
        assertThat(thread.question(() -> "answer").get()).isEqualTo("answer");
        assertThat(threads.trouble()).isEmpty();
    }

    /** Occupies the thread, so everything that follows is queued until {@link #busy} is counted down. */
    private void occupy() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        thread.examBatch(() -> {
            started.countDown();
            return awaitQuietly(busy);
        });
        started.await();
    }

    private static boolean awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
