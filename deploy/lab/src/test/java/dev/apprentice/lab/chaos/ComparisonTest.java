package dev.apprentice.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final Map<String, SortedSet<String>> NONE = Map.of();

    @Test
    void alikeIsWhatHasTheSameFiguresUnderTheSameKeys() {
        assertThat(Comparison.of(losses(Map.of("1", figures("a"))), losses(Map.of("1", figures("a")))).identical())
                .isTrue();
    }

    @Test
    void whatIsMissingMoreOrOtherIsCounted() {
        RunTrace calm = losses(Map.of("1", figures("a"), "2", figures("b"), "3", figures("c")));
        RunTrace disturbed = losses(Map.of("1", figures("a"), "2", figures("x"), "4", figures("d")));
        Comparison comparison = Comparison.of(calm, disturbed);
        assertThat(comparison.identical()).isFalse();
        assertThat(comparison.differences()).containsEntry("losses", 3).containsEntry("responses", 0);
        assertThat(comparison.first()).containsEntry("losses", "2: [b] undisturbed, [x] disturbed");
    }

    @Test
    void aStepThatCameOutOtherwiseTheSecondTimeIsADifference() {
        assertThat(Comparison.of(losses(Map.of("1", figures("a"))), losses(Map.of("1", figures("a", "b")))).total())
                .isEqualTo(1);
    }

    private static RunTrace losses(Map<String, SortedSet<String>> losses) {
        return new RunTrace(NONE, losses, NONE, NONE, NONE);
    }

    private static SortedSet<String> figures(String... figures) {
        return new TreeSet<>(List.of(figures));
    }
}
