package dev.apprentice.inference.answering;

import dev.apprentice.contracts.event.Prompt;
import dev.apprentice.inference.models.CheckpointFolder;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A prompt and the record it came in.
 *
 * @param record kept so that it reaches the dead letters unchanged if the prompt cannot be answered
 * @param poll the poll that it came with
 */
record ReceivedPrompt(ConsumerRecord<String, byte[]> record, Prompt prompt, Poll poll) {

    CheckpointFolder checkpoint() {
        return new CheckpointFolder(prompt.checkpoint(), prompt.digest());
    }

    long bytes() {
        return record.value().length;
    }
}
