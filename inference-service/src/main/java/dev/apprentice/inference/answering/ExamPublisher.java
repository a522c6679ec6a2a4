package dev.apprentice.inference.answering;

import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.topic.EventSerializer;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.service.kafka.DeadLetter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jboss.logging.Logger;

/**
 * Publishes the outcome of an exam. Its methods return when the broker has everything, however long that takes.
 *
 * <p>If Kafka permanently refuses a response, for example because it is too large, the response is given up. Its prompt goes to
 * the dead letters, the question counts as unanswered, and no other response is delayed.
 */
@ApplicationScoped
class ExamPublisher {

    private static final Logger LOG = Logger.getLogger(ExamPublisher.class);

    private final PatientSender sender;
    private final EventSerializer<Response> serializer = new EventSerializer<>();

    ExamPublisher(PatientSender sender) {
        this.sender = sender;
        serializer.configure(Map.of("client.id", ExamProducer.CLIENT), false);
    }

    /** Publishes responses. Gives up those that Kafka refuses. */
    void publish(List<AnsweredPrompt> answered) throws InterruptedException {
        List<ProducerRecord<String, byte[]>> records =
                answered.stream().map(one -> record(one.response(), one.headers())).toList();
        Map<Integer, Throwable> refused = sender.send(records);
        for (int i = 0; i < records.size(); i++) {
            ReceivedPrompt prompt = answered.get(i).prompt();
            if (refused.containsKey(i)) {
                giveUp(List.of(prompt), new UnsendableResponseException(records.get(i), refused.get(i)));
            } else {
                prompt.poll().settled();
            }
        }
    }

    /**
     * Sends prompts to the dead letters, each record unchanged, and publishes that they stay unanswered, so that their exam
     * completes.
     */
    void giveUp(List<ReceivedPrompt> prompts, Throwable reason) throws InterruptedException {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (ReceivedPrompt prompt : prompts) {
            records.add(DeadLetter.of(prompt.record(), reason));
            records.add(record(Unanswered.response(prompt.prompt(), reason), new RecordHeaders()));
        }
        sendOrSay(records);
        prompts.forEach(prompt -> prompt.poll().settled());
    }

    /** Sends an unusable record to the dead letters, unchanged. */
    void deadLetter(ConsumerRecord<String, byte[]> record, Throwable reason) throws InterruptedException {
        sendOrSay(List.of(DeadLetter.of(record, reason)));
    }

    private void sendOrSay(List<ProducerRecord<String, byte[]>> records) throws InterruptedException {
        sender.send(records).forEach((place, why) -> LOG.errorf("Kafka refuses '%s' for %s, so it is left out: %s",
                records.get(place).key(), records.get(place).topic(), why));
    }

    private ProducerRecord<String, byte[]> record(Response response, Headers headers) {
        String topic = Topics.RESPONSES.name();
        byte[] json = serializer.serialize(topic, headers, response);
        return new ProducerRecord<>(topic, null, response.key(), json, headers);
    }
}
