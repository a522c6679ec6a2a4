package dev.apprentice.inference.models;

import static dev.apprentice.inference.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LendingCacheTest {

    private final List<String> made = Collections.synchronizedList(new ArrayList<>());
    private final List<String> closed = Collections.synchronizedList(new ArrayList<>());

    private record Value(String name, List<String> closed) implements AutoCloseable {
        @Override
        public void close() {
            closed.add(name);
        }
    }

    private LendingCache<String, Value> cache(int capacity) {
        return new LendingCache<>(capacity, name -> {
            made.add(name);
            return new Value(name, closed);
        });
    }

    @Test
    void makesAValueOnceForAsLongAsItIsHeld() throws InterruptedException {
        try (LendingCache<String, Value> cache = cache(2)) {
            cache.borrow("a").close();
            cache.borrow("a").close();
        }

        assertThat(made).containsExactly("a");
        assertThat(closed).containsExactly("a");
    }

    @Test
    void closesTheValueLeastRecentlyBorrowedToMakeRoom() throws InterruptedException {
        LendingCache<String, Value> cache = cache(2);
        cache.borrow("a").close();
        cache.borrow("b").close();
        cache.borrow("a").close();

        cache.borrow("c").close();

        assertThat(closed).containsExactly("b");
        assertThat(cache.size()).isEqualTo(2);
    }

    @Test
    void neverClosesAValueThatIsLent() throws InterruptedException {
        LendingCache<String, Value> cache = cache(2);
        LendingCache.Loan<Value> lent = cache.borrow("a");
        cache.borrow("b").close();

        cache.borrow("c").close();

        assertThat(closed).containsExactly("b");
        assertThat(lent.value().name()).isEqualTo("a");
    }

    @Test
    void letsABorrowerWaitWhileAllIsLent() throws Exception {
        LendingCache<String, Value> cache = cache(1);
        LendingCache.Loan<Value> lent = cache.borrow("a");

        Thread borrower = new Thread(() -> borrowAndGiveBack(cache, "b"));
        borrower.start();
        await().until(() -> borrower.getState() == Thread.State.WAITING);
        assertThat(made).containsExactly("a");

        lent.close();
        borrower.join();
        assertThat(made).containsExactly("a", "b");
        assertThat(closed).containsExactly("a");
    }

    @Test
    void makesAValueOnceForAllWhoWantItAtTheSameTime() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        LendingCache<String, Value> cache = new LendingCache<>(2, name -> {
            awaitLatch(go);
            made.add(name);
            return new Value(name, closed);
        });
        List<CompletableFuture<Void>> borrowers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            borrowers.add(CompletableFuture.runAsync(() -> borrowAndGiveBack(cache, "a")));
        }

        go.countDown();
        CompletableFuture.allOf(borrowers.toArray(CompletableFuture[]::new)).get();

        assertThat(made).containsExactly("a");
    }

    @Test
    void forgetsAValueThatCouldNotBeMadeAndTriesAgain() throws InterruptedException {
        List<RuntimeException> failures = new ArrayList<>(List.of(new IllegalStateException("storage is away")));
        LendingCache<String, Value> cache = new LendingCache<>(1, name -> {
            if (!failures.isEmpty()) {
                throw failures.remove(0);
            }
            return new Value(name, closed);
        });

        assertThatThrownBy(() -> cache.borrow("a")).hasMessage("storage is away");
        assertThat(cache.size()).isZero();
        try (LendingCache.Loan<Value> loan = cache.borrow("a")) {
            assertThat(loan.value().name()).isEqualTo("a");
        }
    }

    private static void borrowAndGiveBack(LendingCache<String, Value> cache, String name) {
        try {
            cache.borrow(name).close();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
