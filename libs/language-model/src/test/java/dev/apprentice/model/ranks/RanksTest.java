package dev.apprentice.model.ranks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Tests {@link Ranks#together} with two ranks that are threads of this process. */
class RanksTest {

    @Test
    void whereBothDoTheirPartEachHasItsOwnResult() throws Exception {
        Pair pair = new Pair();
        CompletableFuture<String> follower = CompletableFuture.supplyAsync(() -> pair.rank(1).together(() -> "b"));
        assertThat(pair.rank(0).together(() -> "a")).isEqualTo("a");
        assertThat(follower.get()).isEqualTo("b");
    }

    @Test
    void rank0ThrowsItsOwnFailureAndTheOtherSaysIt() {
        Pair pair = new Pair();
        IllegalStateException own = new IllegalStateException("cancelled");
        CompletableFuture<Object> follower = CompletableFuture.supplyAsync(() -> pair.rank(1).together(() -> "done"));
        assertThatThrownBy(() -> pair.rank(0).together(failing(own))).isSameAs(own);
        assertThatThrownBy(follower::join).cause()
                .isInstanceOf(RankFailedException.class)
                .hasMessage("rank 0 of 2, on host 0, failed: cancelled");
    }

    @Test
    void anErrorOfAFollowerIsSaidByRank0() {
        Pair pair = new Pair();
        CompletableFuture<Object> follower =
                CompletableFuture.supplyAsync(() -> pair.rank(1).together(failing(new OutOfMemoryError("Java heap space"))));
        assertThatThrownBy(() -> pair.rank(0).together(() -> "done"))
                .isInstanceOf(RankFailedException.class)
                .hasMessage("rank 1 of 2, on host 1, failed: Java heap space");
        assertThatThrownBy(follower::join).cause().isInstanceOf(RankFailedException.class)
                .hasCauseInstanceOf(OutOfMemoryError.class);
    }

    private static Supplier<Object> failing(Throwable failure) {
        return () -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        };
    }

    /** Two ranks that communicate in memory. */
    private static final class Pair {

        private final CyclicBarrier meeting = new CyclicBarrier(2);
        private final double[][] numbers = new double[2][];
        private final byte[][] messages = new byte[2][];

        Ranks rank(int rank) {
            return new Ranks() {
                @Override
                public int rank() {
                    return rank;
                }

                @Override
                public int size() {
                    return 2;
                }

                @Override
                public void sum(NDArray flat) {
                    throw new UnsupportedOperationException("no tensor is added up here");
                }

                @Override
                public double[] sum(double... own) {
                    numbers[rank] = own;
                    meet();
                    double[] sum = new double[own.length];
                    for (int i = 0; i < sum.length; i++) {
                        sum[i] = numbers[0][i] + numbers[1][i];
                    }
                    meet();
                    return sum;
                }

                @Override
                public byte[] broadcast(byte[] message, int from) {
                    messages[rank] = message;
                    meet();
                    byte[] said = messages[from];
                    meet();
                    return said;
                }

                @Override
                public void abort() {
                    throw new UnsupportedOperationException("no rank is lost here");
                }

                @Override
                public String host() {
                    return "host " + rank;
                }
            };
        }

        private void meet() {
            try {
                meeting.await();
            } catch (InterruptedException | BrokenBarrierException e) {
                throw new AssertionError(e);
            }
        }
    }
}
