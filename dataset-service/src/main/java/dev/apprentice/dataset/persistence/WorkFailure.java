package dev.apprentice.dataset.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.apprentice.contracts.Causes;
import dev.apprentice.service.kafka.KafkaFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** What it means that a piece of work between disk and broker failed. */
public enum WorkFailure {
    /** The disk is full or away. Passes. */
    DISK,
    /** The broker is away, or does not let this service do it before something is mended. Passes. */
    BROKER,
    /** Another instance has taken the work over. */
    FENCED,
    /** A record is larger than Kafka takes. */
    TOO_LARGE,
    /** Trying again does not cure it. */
    LASTING;

    /** Reads an exception with its causes; what the broker says goes before what the disk says. */
    public static WorkFailure of(Throwable failure) {
        if (Causes.include(DamagedFileException.class, failure) || Causes.include(JsonProcessingException.class, failure)) {
            return LASTING;
        }
        if (Causes.include(KafkaException.class, failure)) {
            return switch (KafkaFailure.of(failure)) {
                case FENCED -> FENCED;
                case RECORD -> Causes.include(RecordTooLargeException.class, failure) ? TOO_LARGE : LASTING;
                case TOPIC -> LASTING;
                case UNCLEAR, PASSING, LASTING -> BROKER;
            };
        }
        return Causes.include(IOException.class, failure) || Causes.include(UncheckedIOException.class, failure) ? DISK : LASTING;
    }

    /** Whether it is worth trying again later. */
    public static boolean passes(Throwable failure) {
        WorkFailure meaning = of(failure);
        return meaning == DISK || meaning == BROKER;
    }
}
