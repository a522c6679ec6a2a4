package dev.apprentice.dataset.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;

/** Tells failures that pass (a full disk, a broker that is away) from those that trying again does not cure. */
public final class Transience {

    private static final List<Class<? extends KafkaException>> LASTING = List.of(
            InvalidTopicException.class,
            PolicyViolationException.class,
            ProducerFencedException.class,
            RecordTooLargeException.class,
            SerializationException.class);

    private Transience() {}

    /** Whether it is worth trying again later. */
    public static boolean passes(Throwable failure) {
        boolean outside = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            boolean damaged = cause instanceof DamagedFileException || cause instanceof JsonProcessingException;
            if (damaged || LASTING.stream().anyMatch(cause.getClass()::equals)) {
                return false;
            }
            outside |= cause instanceof IOException
                    || cause instanceof UncheckedIOException
                    || cause instanceof KafkaException;
        }
        return outside;
    }

    /** Whether it passes and has nothing to do with the broker. */
    public static boolean isOfTheDisk(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof KafkaException) {
                return false;
            }
        }
        return passes(failure);
    }

    /** Whether a record is larger than Kafka takes. */
    public static boolean isTooLarge(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecordTooLargeException) {
                return true;
            }
        }
        return false;
    }

    /** Whether another instance has taken this one's work over. */
    public static boolean isFenced(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException) {
                return true;
            }
        }
        return false;
    }
}
