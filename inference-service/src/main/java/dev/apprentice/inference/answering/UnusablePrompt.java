package dev.apprentice.inference.answering;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record that is no prompt, why not, and what it came with. */
record UnusablePrompt(ConsumerRecord<String, byte[]> record, RuntimeException why, Poll poll) {}
