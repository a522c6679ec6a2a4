package dev.apprentice.trainer.ranks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.ranks.RankWatch;
import dev.apprentice.model.ranks.Ranks;
import dev.apprentice.trainer.run.TestSettings;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class JobRanksTest {

    private final Queue<byte[]> said = new ArrayDeque<>();
    private long nanos;

    @Test
    void rank0SaysFourTimesInTheLimitThatItWaitsAndFollowersWaitOn() {
        JobRanks first = new JobRanks(ranks(0), RankWatch.none(), Duration.ofMinutes(20), () -> nanos);
        JobRanks follower = new JobRanks(ranks(1), RankWatch.none(), Duration.ofMinutes(20), () -> nanos);
        for (int minute = 1; minute <= 12; minute++) {
            nanos = Duration.ofMinutes(minute).toNanos();
            first.showLife();
            follower.showLife();
        }
        assertThat(said).hasSize(2);
        first.give(Order.step(7, 1, 42, 1e-3));
        assertThat(follower.next()).isEqualTo(Order.step(7, 1, 42, 1e-3));
        assertThat(said).isEmpty();
        nanos += Duration.ofMinutes(4).toNanos();
        first.showLife();
        assertThat(said).as("an order was a sign, too").isEmpty();
    }

    @Test
    void aRankThatComputesOtherwiseThanRank0SaysWhatIsDifferentAndDoesNotBegin() {
        JobRanks first = new JobRanks(ranks(0));
        JobRanks follower = new JobRanks(ranks(1));
        first.requireAlike("Apprentice 1.0, CPU, PyTorch 2.7.1 with 4 threads");
        assertThatThrownBy(() -> follower.requireAlike("Apprentice 1.0, CPU, PyTorch 2.7.1 with 2 threads"))
                .hasMessage("it computes with Apprentice 1.0, CPU, PyTorch 2.7.1 with 2 threads, but rank 0 with Apprentice 1.0, CPU,"
                        + " PyTorch 2.7.1 with 4 threads; start all ranks alike: one version, one kind of device, and as many threads"
                        + " each (-Dai.djl.pytorch.num_threads)");
        first.requireAlike("Apprentice 1.0, CPU, PyTorch 2.7.1 with 4 threads");
        follower.requireAlike("Apprentice 1.0, CPU, PyTorch 2.7.1 with 4 threads");
    }

    @Test
    void aLimitThatNoRankCouldKeepIsRefusedAtStart() {
        assertThatThrownBy(() -> new JobRanks(TestSettings.of(Map.of("rank-timeout", "0s"))))
                .hasMessage("apprentice.trainer.rank-timeout is PT0S; it must be above 0, such as 30m");
    }

    /** Two ranks; rank 1 receives what rank 0 broadcasts. */
    private Ranks ranks(int rank) {
        return (Ranks) Proxy.newProxyInstance(
                Ranks.class.getClassLoader(), new Class<?>[] {Ranks.class}, (self, method, arguments) -> switch (method.getName()) {
                    case "rank" -> rank;
                    case "size" -> 2;
                    case "broadcast" -> {
                        if (rank == 0) {
                            said.add((byte[]) arguments[0]);
                        }
                        yield rank == 0 ? arguments[0] : said.remove();
                    }
                    case "together" -> ((Supplier<?>) arguments[0]).get();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
