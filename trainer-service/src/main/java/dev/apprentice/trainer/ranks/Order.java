package dev.apprentice.trainer.ranks;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * What all ranks do next, as rank 0 orders. Batches are not in it: every rank reads them from the run's own topic.
 *
 * @param kind what to do
 * @param run which run is begun
 * @param checkpoint the step of the checkpoint that it goes on from; empty where it begins anew
 * @param step the number of a step, from 1
 * @param batches how many to learn in it
 * @param lastOffset where in the run's topic the last of them lies
 * @param learningRate of the step
 */
public record Order(
        Kind kind, Optional<Run> run, Optional<Integer> checkpoint, int step, int batches, long lastOffset, double learningRate) {

    /** What there is to do. */
    public enum Kind {
        BEGIN,
        STEP,
        EVALUATE,
        /** The run ends, or is paused. */
        END,
        /** Nothing yet: rank 0 waits for something itself. */
        WAIT,
        SHUT_DOWN
    }

    public static Order begin(Run run, Optional<Integer> checkpoint) {
        return new Order(Kind.BEGIN, Optional.of(run), checkpoint, 0, 0, 0, 0);
    }

    public static Order step(int step, int batches, long lastOffset, double learningRate) {
        return new Order(Kind.STEP, Optional.empty(), Optional.empty(), step, batches, lastOffset, learningRate);
    }

    /** An order without figures. */
    public static Order of(Kind kind) {
        return new Order(kind, Optional.empty(), Optional.empty(), 0, 0, 0, 0);
    }

    byte[] bytes() {
        try {
            return Json.MAPPER.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("an order cannot be written as JSON", e);
        }
    }

    static Order read(byte[] bytes) {
        try {
            return Json.MAPPER.readValue(bytes, Order.class);
        } catch (IOException e) {
            throw new UncheckedIOException("rank 0 gave an order that this version does not know", e);
        }
    }
}
