package dev.apprentice.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OrderedWorkTest {

    @Test
    void resultsComeInTheOrderOfWhatWasAddedHoweverLongEachTakes() throws IOException {
        List<Integer> results = new ArrayList<>();
        try (OrderedWork<Integer, Integer> work = new OrderedWork<>(OrderedWorkTest::slowSquare, results::add)) {
            for (int i = 0; i < 500; i++) {
                work.add(i);
            }
            work.finish();
        }
        assertThat(results).isEqualTo(IntStream.range(0, 500).map(i -> i * i).boxed().toList());
    }

    @Test
    void aBoundedNumberOfThingsIsHeld() throws IOException {
        AtomicInteger added = new AtomicInteger();
        List<Integer> held = new ArrayList<>();
        try (OrderedWork<Integer, Integer> work =
                new OrderedWork<>(thing -> thing, thing -> held.add(added.get() - thing))) {
            for (int i = 0; i < 1_000; i++) {
                added.set(i);
                work.add(i);
            }
            work.finish();
        }
        assertThat(held).hasSize(1_000).allMatch(some -> some <= 16);
    }

    @Test
    @Timeout(60)
    void whoWaitsForTheFirstWorksOnTheOthersMeanwhile() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        for (int i = 1; i < ForkJoinPool.getCommonPoolParallelism(); i++) { // leaves one pool thread beside this one
            ForkJoinPool.commonPool().execute(() -> await(over));
        }
        CountDownLatch second = new CountDownLatch(1);
        List<Integer> results = new ArrayList<>();
        try (OrderedWork<Integer, Integer> work = new OrderedWork<>(thing -> {
            if (thing == 0) {
                await(second);
            } else {
                second.countDown();
            }
            return thing;
        }, results::add)) {
            work.add(0);
            work.add(1);
            work.finish();
        } finally {
            over.countDown();
        }
        assertThat(results).containsExactly(0, 1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theFirstFailureComesOutAsItWasAndBehindWhatCameBeforeIt() {
        List<Integer> results = new ArrayList<>();
        IOException failure = new IOException("number 7 is damaged");
        assertThatThrownBy(() -> {
            try (OrderedWork<Integer, Integer> work = new OrderedWork<>(thing -> {
                if (thing == 7) {
                    throw failure;
                }
                if (thing == 9) {
                    throw new IllegalStateException("comes later");
                }
                return thing;
            }, results::add)) {
                for (int i = 0; i < 20; i++) {
                    work.add(i);
                }
                work.finish();
            }
        }).isSameAs(failure);
        assertThat(results).containsExactly(0, 1, 2, 3, 4, 5, 6);
    }

    @Test
    void nothingIsWorkedOnOnceItIsClosed() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicInteger atWork = new AtomicInteger();
        OrderedWork<Integer, Integer> work = new OrderedWork<>(thing -> {
            atWork.incrementAndGet();
            begun.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            atWork.decrementAndGet();
            return thing;
        }, thing -> {});
        work.add(1);
        begun.await();
        Thread closing = new Thread(work::close);
        closing.start();
        mayEnd.countDown();
        closing.join();
        assertThat(atWork).hasValue(0);
    }

    private static int slowSquare(int number) {
        double waste = 0;
        for (int i = 0; i < (number % 7) * 2_000; i++) {
            waste += Math.sqrt(i);
        }
        return waste < 0 ? -1 : number * number;
    }
}
