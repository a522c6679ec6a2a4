package dev.apprentice.trainer.run;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.service.kafka.DeadLetter;
import dev.apprentice.service.kafka.KafkaClients;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/** Sends records that the registry's feed cannot use to the dead letters. */
final class DeadLetters implements AutoCloseable {

    private final Producer<String, byte[]> producer;

    DeadLetters(KafkaClients clients) {
        producer = clients.producer("trainer-dead-letters", Map.of());
    }

    /** Sends the record as a dead letter. On return, it is durable. */
    void send(ConsumerRecord<String, byte[]> record, InvalidEventException why) throws InterruptedException {
        try {
            producer.send(DeadLetter.of(record, why)).get();
        } catch (ExecutionException e) {
            throw new KafkaException("the dead letter of " + record.topic() + "-" + record.partition() + " offset "
                    + record.offset() + " could not be written", e.getCause());
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
