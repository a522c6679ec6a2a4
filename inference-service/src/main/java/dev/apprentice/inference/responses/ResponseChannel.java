package dev.apprentice.inference.responses;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.topic.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Reads all responses from the beginning, those of other instances included. Each instance has its own consumer group, so each
 * sees all of them. A record that cannot be read is skipped, because judge-service sends it to the dead letters.
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
            return; // a tombstone holds no answer
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
