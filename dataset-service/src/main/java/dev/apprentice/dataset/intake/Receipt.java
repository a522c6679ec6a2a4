package dev.apprentice.dataset.intake;

import java.util.List;

/**
 * What became of the lines that were sent.
 *
 * @param accepted lines whose examples Kafka has, on as many brokers as it is told to wait for
 * @param refused lines that hold no example
 * @param refusals why, line by line; at most the first {@value Intake#REPORTED}
 */
public record Receipt(long accepted, long refused, List<Refusal> refusals) {}
