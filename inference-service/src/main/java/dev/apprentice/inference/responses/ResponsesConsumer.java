package dev.apprentice.inference.responses;

import dev.apprentice.contracts.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Reads all responses from the beginning, other instances' too; each instance has a consumer group of its own and so its
 * own view.
 */
@ApplicationScoped
class ResponsesConsumer {

    private final AnsweredExams exams;

    ResponsesConsumer(AnsweredExams exams) {
        this.exams = exams;
    }

    @Incoming("responses")
    void take(ConsumerRecord<String, byte[]> record) {
        if (record.value() != null) { // a tombstone brings no answer
            exams.add(Topics.RESPONSES.read(record.value()));
        }
    }
}
