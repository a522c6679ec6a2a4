package dev.apprentice.inference.answering;

import org.apache.kafka.clients.producer.ProducerRecord;

/** Thrown if Kafka permanently refuses a response. */
final class UnsendableResponseException extends RuntimeException {

    UnsendableResponseException(ProducerRecord<String, byte[]> response, Throwable refusal) {
        super("the response '" + response.key() + "' of " + response.value().length + " bytes cannot be sent: "
                + refusal.getMessage(), refusal);
    }
}
