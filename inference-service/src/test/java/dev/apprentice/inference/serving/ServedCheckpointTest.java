package dev.apprentice.inference.serving;

import static dev.apprentice.inference.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.inference.TestSettings;
import dev.apprentice.inference.models.CheckpointUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServedCheckpointTest {

    private final CheckpointCatalog catalog = new CheckpointCatalog();
    private final List<String> away = new CopyOnWriteArrayList<>();
    private final ServedCheckpoint served = new ServedCheckpoint(
            catalog,
            checkpoint -> {
                if (away.contains(checkpoint.uri())) {
                    throw new CheckpointUnavailableException(checkpoint.uri() + " is missing");
                }
            },
            TestSettings.of("apprentice.inference.retry.first-wait", "10ms", "apprentice.inference.retry.longest-wait", "50ms"));

    @AfterEach
    void stop() {
        served.stop();
    }

    @Test
    void anOlderOneAnswersWhereTheNewestCannotBeReadUntilItCan() {
        Checkpoint older = checkpoint("older", 10);
        Checkpoint newest = checkpoint("newest", 20);
        catalog.add(older, older.createdAt());
        catalog.add(newest, newest.createdAt());
        away.add(newest.uri());

        served.refresh();
        await().until(() -> served.current().equals(Optional.of(older)));

        away.clear();
        await().until(() -> served.current().equals(Optional.of(newest)));
    }

    @Test
    void oneThatCouldNotAnswerGivesWayToAnother() {
        Checkpoint older = checkpoint("older", 10);
        Checkpoint newest = checkpoint("newest", 20);
        catalog.add(older, older.createdAt());
        catalog.add(newest, newest.createdAt());
        served.refresh();
        await().until(() -> served.current().equals(Optional.of(newest)));

        away.add(newest.uri());
        served.lost(newest);

        await().until(() -> served.current().equals(Optional.of(older)));
        served.lost(newest);
        assertThat(served.current()).contains(older);
    }

    private static Checkpoint checkpoint(String run, long second) {
        return new Checkpoint(run, 5, 1, false, "/models/" + run, "sha256:0", Optional.empty(), Optional.empty(), 0, 0,
                "alpaca", Instant.ofEpochSecond(second));
    }
}
