package dev.apprentice.service.kafka;

import dev.apprentice.contracts.Causes;
import dev.apprentice.contracts.OneLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
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
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Classifies errors of Kafka; all services use this classification. */
public enum KafkaFailure {
    /** Another instance has taken over this producer's work. */
    FENCED,
    /** Kafka will never accept this record, but will accept others. */
    RECORD,
    /** The broker does not allow the topic. */
    TOPIC,
    /** The broker fails without a reason; this record may be the cause. */
    UNCLEAR,
    /** The broker is unavailable or busy; a retry may succeed. */
    PASSING,
    /** An operator has to correct something, such as credentials or permissions; a retry may succeed after that. */
    LASTING;

    /**
     * Classifies the client's exception and its causes. If they fall into several classes, the first in the order of the
     * constants counts.
     */
    public static KafkaFailure of(Throwable failure) {
        return Causes.of(failure).map(KafkaFailure::meaningOf).min(Comparator.naturalOrder()).orElse(LASTING);
    }

    /**
     * Returns the messages of a failure and its causes as the end of a sentence. If Kafka is silent or lacks a topic, the text says
     * so in plain words, since the client's message is about its calls and nodes.
     */
    public static String inWords(Throwable failure) {
        if (Causes.include(UnknownTopicOrPartitionException.class, failure)) {
            return "a topic is not there";
        }
        if (Causes.include(TimeoutException.class, failure)) {
            return "it does not answer";
        }
        List<String> words = new ArrayList<>();
        Causes.of(failure).map(Throwable::getMessage).filter(Objects::nonNull).map(OneLine::of).forEach(message -> {
            if (!message.isBlank() && words.stream().noneMatch(word -> word.contains(message))) {
                words.add(message);
            }
        });
        return words.isEmpty() ? failure.toString() : String.join(": ", words);
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

    /** Tells whether a client could not be created because the broker's name cannot be resolved, as when a cluster starts. */
    private static boolean cannotResolve(Throwable failure) {
        return failure instanceof KafkaException
                && failure.getCause() instanceof ConfigException
                && failure.getCause().getMessage().startsWith("No resolvable bootstrap urls");
    }
}
