package dev.apprentice.service.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntToDoubleFunction;

/** Gauges of the machine's graphics cards, for a service that computes on one. Each function takes a card's number. */
public final class CardMetrics {

    private CardMetrics() {}

    /**
     * Registers the gauges.
     *
     * @param cards number of cards; they are numbered from 0, in the driver's order
     * @param used bytes that any process has allocated
     * @param size size of the memory in bytes
     * @param busy share of the recent time in which the card computed, 0 to 1
     */
    public static void register(
            MeterRegistry registry, int cards, IntToDoubleFunction used, IntToDoubleFunction size, IntToDoubleFunction busy) {
        for (int card = 0; card < cards; card++) {
            gauge(registry, card, "apprentice.card.memory.used", "bytes", "Memory of the graphics card that is allocated", used);
            gauge(registry, card, "apprentice.card.memory.size", "bytes", "Memory of the graphics card", size);
            gauge(registry, card, "apprentice.card.busy", "ratio", "Share of the last moments in which the graphics card computed", busy);
        }
    }

    private static void gauge(
            MeterRegistry registry, int card, String name, String unit, String help, IntToDoubleFunction value) {
        Gauge.builder(name, () -> value.applyAsDouble(card))
                .description(help)
                .baseUnit(unit)
                .tag("card", Integer.toString(card))
                .register(registry);
    }
}
