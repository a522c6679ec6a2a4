package dev.apprentice.dataset.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.apprentice.contracts.Causes;
import dev.apprentice.service.kafka.KafkaFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** What kind of failure ended a piece of work that uses disk and broker. */
public enum WorkFailure {
    /** The disk is full or unavailable. Transient. */
    DISK,
    /** The broker is unreachable, or refuses this service until its configuration is mended. Transient. */
    BROKER,
    /** Another instance has taken the work over. */
    FENCED,
    /** A record is larger than Kafka accepts. */
    TOO_LARGE,
    /** A retry does not help. */
    LASTING;

    /** Classifies an exception with its causes; a Kafka exception among them takes precedence over one of the disk. */
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

    /** Tells whether a retry may help. */
    public static boolean passes(Throwable failure) {
        WorkFailure meaning = of(failure);
        return meaning == DISK || meaning == BROKER;
    }
}
