package dev.apprentice.dataset.datasets.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * What became of the lines that were sent.
 *
 * @param accepted lines whose examples Kafka has, on as many brokers as it is told to wait for
 * @param refused lines that hold no example
 * @param refusals why, line by line; at most the first {@value Intake#REPORTED}
 * @param ignoredFields fields that say something and are not learned, and how many examples have each
 */
public record Receipt(
        long accepted,
        long refused,
        List<Refusal> refusals,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Integer> ignoredFields) {}
