package dev.apprentice.dataset.datasets.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * The result of sending lines.
 *
 * @param accepted lines whose examples Kafka has, acknowledged by as many brokers as it is configured to wait for
 * @param refused lines without a usable example
 * @param refusals the reasons, line by line; at most the first {@value Intake#REPORTED}
 * @param ignoredFields fields with content that is not learned, and how many examples have each
 */
public record Receipt(
        long accepted,
        long refused,
        List<Refusal> refusals,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Integer> ignoredFields) {}
