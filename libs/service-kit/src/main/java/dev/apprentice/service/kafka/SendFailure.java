package dev.apprentice.service.kafka;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnknownServerException;

/** What it means that Kafka did not take a record. */
public enum SendFailure {
    /** The broker is away or busy; the record can be sent again. */
    PASSING,
    /** This record will never be taken; others will. */
    RECORD,
    /** No record is taken before something is mended: credentials, permissions, a producer that another has fenced. */
    LASTING;

    /** Reads the client's exception. */
    public static SendFailure of(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof RetriableException || cannotResolve(cause)) {
            return PASSING;
        }
        return cause instanceof RecordTooLargeException
                        || cause instanceof RecordBatchTooLargeException
                        || cause instanceof SerializationException
                        || cause instanceof InvalidRecordException
                        || cause instanceof UnknownServerException
                ? RECORD
                : LASTING;
    }

    /** A client cannot be made while the broker's name cannot be resolved, as when a cluster starts. */
    private static boolean cannotResolve(Throwable failure) {
        return failure instanceof KafkaException
                && failure.getCause() instanceof ConfigException
                && failure.getCause().getMessage().startsWith("No resolvable bootstrap urls");
    }
}
