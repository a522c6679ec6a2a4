package dev.apprentice.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MissingBatchTest {

    private final List<String> said = new ArrayList<>();
    private long nanos;

    @Test
    void aRankThatDoesNotGetWhatRank0HasSaysSoOnceAMinuteAndWhereToLook() {
        MissingBatch batch = new MissingBatch(42, said::add, () -> nanos);
        for (int second = 0; second <= 150; second++) {
            nanos = Duration.ofSeconds(second).toNanos();
            batch.look();
        }
        assertThat(said).hasSize(2);
        assertThat(said.get(1)).startsWith("waited 2 min for batches up to offset 42, which rank 0 has read; see that KAFKA_BOOTSTRAP_SERVERS");
    }
}
