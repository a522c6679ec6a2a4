package dev.apprentice.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class CardMetricsTest {

    @Test
    void eachCardHasItsOwnFiguresAndAMachineWithoutOneHasNone() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        CardMetrics.register(registry, 0, card -> 1, card -> 1, card -> 1);
        assertThat(registry.getMeters()).isEmpty();
        CardMetrics.register(registry, 2, card -> 10 + card, card -> 100, card -> card == 1 ? 0.5 : Double.NaN);
        assertThat(registry.get("apprentice.card.memory.used").tag("card", "1").gauge().value()).isEqualTo(11);
        assertThat(registry.get("apprentice.card.memory.size").tag("card", "0").gauge().value()).isEqualTo(100);
        assertThat(registry.get("apprentice.card.busy").tag("card", "0").gauge().value()).isNaN();
        assertThat(registry.get("apprentice.card.busy").tag("card", "1").gauge().value()).isEqualTo(0.5);
    }
}
