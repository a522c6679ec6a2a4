package dev.apprentice.inference.answering;

import dev.apprentice.contracts.Require;
import dev.apprentice.contracts.topic.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * Takes prompts from Kafka, one poll at a time.
 *
 * <p>A poll's offsets are committed once Kafka has the response or dead letter of each prompt, in this poll and all earlier ones.
 * A crash before that loses no answer; it only repeats some, which readers count once.
 *
 * <p>The next poll does not wait for the commit. It comes when each prompt of this one is answered, given up, or waiting for an
 * absent checkpoint.
 */
@ApplicationScoped
class PromptChannel {

    private static final Logger LOG = Logger.getLogger(PromptChannel.class);

    private final Exam exam;

    PromptChannel(Exam exam) {
        this.exam = exam;
    }

    /**
     * Returns a stage that completes when the next poll may come. It never completes if the service stops, so that another
     * instance answers the open prompts.
     */
    @Incoming("prompts")
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    CompletionStage<Void> take(Message<ConsumerRecords<String, byte[]>> message) {
        ConsumerRecords<String, byte[]> records = message.getPayload();
        Poll poll = new Poll(records.count(), message::ack);
        List<ReceivedPrompt> prompts = new ArrayList<>();
        List<UnusablePrompt> unusable = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            if (record.value() == null) {
                poll.settled(); // a tombstone deletes a prompt: there is nothing to answer
                continue;
            }
            try {
                prompts.add(new ReceivedPrompt(record, Topics.PROMPTS.read(record.headers(), record.value()), poll));
            } catch (RuntimeException e) { // mostly an InvalidEventException; an uncaught one would end the channel
                LOG.errorf("prompt '%s' goes to the dead letters: %s", Require.shown(String.valueOf(record.key())), e.getMessage());
                unusable.add(new UnusablePrompt(record, e, poll));
            }
        }
        return exam.take(prompts, unusable);
    }
}
