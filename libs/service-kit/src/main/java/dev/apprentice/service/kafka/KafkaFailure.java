package dev.apprentice.service.kafka;

import dev.apprentice.contracts.Causes;
import java.util.Comparator;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnknownServerException;

/** What it means that Kafka did not do what it was asked. The one judgement of its errors in all services. */
public enum KafkaFailure {
    /** Another instance has taken this producer's work over. */
    FENCED,
    /** This record will never be taken; others will. */
    RECORD,
    /** The broker's rules do not allow the topic. */
    TOPIC,
    /** The broker fails and does not say why; it may be this record's fault. */
    UNCLEAR,
    /** The broker is away or busy; the same can be asked again. */
    PASSING,
    /** Nothing is done before something is mended: credentials, permissions. Then the same can be asked again. */
    LASTING;

    /** Reads the client's exception; its causes say what it means, the first of the constants that any of them stands for. */
    public static KafkaFailure of(Throwable failure) {
        return Causes.of(failure).map(KafkaFailure::meaningOf).min(Comparator.naturalOrder()).orElse(LASTING);
    }

    private static KafkaFailure meaningOf(Throwable failure) {
        if (failure instanceof ProducerFencedException || failure instanceof InvalidProducerEpochException) {
            return FENCED;
        }
        if (failure instanceof RecordTooLargeException
                || failure instanceof RecordBatchTooLargeException
                || failure instanceof SerializationException
                || failure instanceof InvalidRecordException) {
            return RECORD;
        }
        if (failure instanceof InvalidTopicException || failure instanceof PolicyViolationException) {
            return TOPIC;
        }
        if (failure instanceof UnknownServerException) {
            return UNCLEAR;
        }
        return failure instanceof RetriableException || cannotResolve(failure) ? PASSING : LASTING;
    }

    /** A client cannot be made while the broker's name cannot be resolved, as when a cluster starts. */
    private static boolean cannotResolve(Throwable failure) {
        return failure instanceof KafkaException
                && failure.getCause() instanceof ConfigException
                && failure.getCause().getMessage().startsWith("No resolvable bootstrap urls");
    }
}
