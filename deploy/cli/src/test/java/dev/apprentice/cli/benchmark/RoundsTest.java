package dev.apprentice.cli.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private final AtomicLong clock = new AtomicLong();
    private final List<String> done = new ArrayList<>();

    @Test
    void worksTakeTurnsAndWarmUpsAreNotCounted() {
        List<Measurement> measured = new Rounds(1, 2, clock::get).measure(List.of(work("a", 1), work("b", 2)));

        assertThat(done).containsExactly("a", "b", "a", "b", "a", "b");
        assertThat(measured).extracting(Measurement::rates).allSatisfy(rates -> assertThat(rates).hasSize(2));
    }

    @Test
    void aRateIsWhatWasDoneInASecond() {
        assertThat(new Rounds(0, 1, clock::get).measure(List.of(work("a", 4))).get(0).median()).isEqualTo(100 / 4.0);
    }

    @Test
    void theMedianIsTheMiddleAndTheSpreadIsShown() {
        assertThat(new Measurement("a", "tokens", List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2);
        Measurement even = new Measurement("a", "tokens", List.of(4.0, 100.0, 2.0, 1.0));
        assertThat(even.median()).isEqualTo(3);
        assertThat(even.slowest()).isEqualTo(1);
        assertThat(even.fastest()).isEqualTo(100);
    }

    @Test
    void theTableGivesEachMedianAsAMultipleOfTheFirstOfItsUnit() {
        List<String> table = SpeedTable.draw(List.of(
                new Measurement("slow", "tokens", List.of(50.0)),
                new Measurement("fast", "tokens", List.of(1250.0)),
                new Measurement("other", "examples", List.of(7.0))));

        assertThat(table).hasSize(5);
        assertThat(table.get(2)).matches("\\| slow  \\|\\s+50\\.0 \\|.*tokens/s \\|\\s+1\\.00 \\|");
        assertThat(table.get(3)).matches("\\| fast  \\|\\s+1,250 \\|.*tokens/s \\|\\s+25\\.00 \\|");
        assertThat(table.get(4)).matches("\\| other \\|\\s+7\\.0 \\|.*examples/s \\|\\s+1\\.00 \\|");
    }

    /** Returns a workload of 100 units that takes this many seconds. */
    private Workload work(String name, int seconds) {
        return new Workload(name, "tokens", () -> {
            done.add(name);
            clock.addAndGet(seconds * 1_000_000_000L);
            return 100;
        });
    }
}
