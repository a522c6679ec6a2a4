package dev.apprentice.inference.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.event.Checkpoint;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckpointCatalogTest {

    private final CheckpointCatalog catalog = new CheckpointCatalog();

    @Test
    void theNewestIsTheOneAnnouncedLastWhateverTheOrderOfArrival() {
        add(checkpoint("b", 5, 30), 30);
        add(checkpoint("a", 50, 20), 20);
        add(checkpoint("a", 0, 10), 10);

        assertThat(catalog.best()).hasValue(checkpoint("b", 5, 30));
        assertThat(catalog.newest("a")).hasValue(checkpoint("a", 50, 20));
        assertThat(catalog.stepsOf("a")).containsExactly(0, 50);
    }

    @Test
    void trainedOnesComeBeforeABaseThatIsJustBeingMeasured() {
        add(checkpoint("trained", 5, 10), 10);
        add(checkpoint("trained", 9, 20), 20);
        add(checkpoint("begun", 0, 30), 30);

        assertThat(catalog.best(5)).containsExactly(
                checkpoint("trained", 9, 20), checkpoint("trained", 5, 10), checkpoint("begun", 0, 30));
        assertThat(catalog.best()).hasValue(checkpoint("trained", 9, 20));
        catalog.forget("trained");
        assertThat(catalog.best()).hasValue(checkpoint("begun", 0, 30));
    }

    @Test
    void aStepAnnouncedAgainReplacesWhatWasThere() {
        add(checkpoint("a", 5, 10), 10);
        add(checkpoint("a", 5, 20), 20);

        assertThat(catalog.at("a", 5)).hasValue(checkpoint("a", 5, 20));
        assertThat(catalog.stepsOf("a")).containsExactly(5);
    }

    /** The run went from a trainer whose clock is ahead to one whose is right. */
    @Test
    void theNewestIsTheOneAnnouncedLastWhateverItsTrainersClockSays() {
        add(checkpoint("a", 5, 9_999), 10);
        add(checkpoint("a", 9, 20), 20);
        add(checkpoint("b", 3, 8_888), 15);

        assertThat(catalog.newest("a")).hasValue(checkpoint("a", 9, 20));
        assertThat(catalog.best()).hasValue(checkpoint("a", 9, 20));
    }

    @Test
    void forgetsARun() {
        add(checkpoint("a", 5, 10), 10);
        add(checkpoint("b", 5, 20), 20);

        catalog.forget("b");

        assertThat(catalog.best()).hasValue(checkpoint("a", 5, 10));
        assertThat(catalog.newest("b")).isEmpty();
        assertThat(catalog.stepsOf("b")).isEmpty();
    }

    private void add(Checkpoint checkpoint, long second) {
        catalog.add(checkpoint, Instant.ofEpochSecond(second));
    }

    private static Checkpoint checkpoint(String run, int step, long second) {
        return new Checkpoint(run, step, 1, false, "/models/" + run, "sha256:0", Optional.empty(), Optional.empty(), 0,
                0, "alpaca", Instant.ofEpochSecond(second));
    }
}
