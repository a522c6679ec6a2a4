package dev.apprentice.trainer.ranks;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Rank 0's order for what all ranks do next. It holds no batches: every rank reads them from the run's own topic.
 *
 * @param kind what to do
 * @param run the run to begin
 * @param checkpoint the step of the checkpoint to resume from; empty to begin anew
 * @param step the number of a step, from 1
 * @param batches number of batches to learn in the step
 * @param lastOffset offset of the last of them in the run's topic
 * @param learningRate learning rate of the step
 */
public record Order(
        Kind kind, Optional<Run> run, Optional<Integer> checkpoint, int step, int batches, long lastOffset, double learningRate) {

    public enum Kind {
        BEGIN,
        STEP,
        EVALUATE,
        /** Ends or pauses the run. */
        END,
        /** Does nothing, because rank 0 itself waits for something. */
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
