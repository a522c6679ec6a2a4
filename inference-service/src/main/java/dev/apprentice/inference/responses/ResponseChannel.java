package dev.apprentice.inference.responses;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.topic.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Reads all responses from the beginning, other instances' too; each instance has a consumer group of its own and so its
 * own view. What cannot be read is skipped: judge-service, which works with these records, sets it aside, once for all.
 */
@ApplicationScoped
class ResponseChannel {

    private static final Logger LOG = Logger.getLogger(ResponseChannel.class);

    private final AnsweredExams exams;

    ResponseChannel(AnsweredExams exams) {
        this.exams = exams;
    }

    @Incoming("responses")
    void take(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return; // a tombstone brings no answer
        }
        try {
            Response response = Topics.RESPONSES.read(record.headers(), record.value());
            if (response.unanswered().isEmpty()) {
                exams.add(response);
            }
        } catch (InvalidEventException e) {
            LOG.warnf("skipped: %s", e.getMessage());
        }
    }
}
