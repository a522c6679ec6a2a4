package dev.apprentice.inference.answering;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record that is no valid prompt, the reason, and the poll that it came with. */
record UnusablePrompt(ConsumerRecord<String, byte[]> record, RuntimeException why, Poll poll) {}
