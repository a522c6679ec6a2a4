package dev.apprentice.model.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SingleThreadsTest {

    @Test
    void resultsComeInTheOrderOfTheShares() {
        List<Supplier<Integer>> shares =
                IntStream.range(0, 20).<Supplier<Integer>>mapToObj(i -> () -> i).toList();
        assertThat(SingleThreads.run(shares)).isEqualTo(IntStream.range(0, 20).boxed().toList());
    }

    @Test
    void operatorsHaveOneThreadThereAndAllElsewhere() {
        Supplier<Integer> threads = () -> {
            PyTorch.prepareThread();
            return JniUtils.getNumThreads();
        };
        assertThat(SingleThreads.run(List.of(threads, threads))).containsExactly(1, 1);
        PyTorch.prepareThread();
        assertThat(JniUtils.getNumThreads()).isEqualTo(PyTorch.threads());
    }

    @Test
    void whatGoesWrongInAShareIsThrownWhenTheOthersAreDone() {
        CountDownLatch failing = new CountDownLatch(1);
        AtomicBoolean done = new AtomicBoolean();
        IllegalStateException failure = new IllegalStateException("a share went wrong");
        Supplier<Void> wrong = () -> {
            failing.countDown();
            throw failure;
        };
        Supplier<Void> right = () -> {
            awaitQuietly(failing);
            done.set(true);
            return null;
        };
        assertThatThrownBy(() -> SingleThreads.run(List.of(wrong, right))).isSameAs(failure);
        assertThat(done).isTrue();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
