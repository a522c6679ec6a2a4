package dev.apprentice.judge.page.api;

import dev.apprentice.service.health.Condition;
import jakarta.enterprise.inject.Instance;
import java.util.List;

/**
 * Something that judge-service currently works without, shown on pages that stay open.
 *
 * @param condition its name: {@code Kafka}, {@code Judges}
 * @param reason why it is away, as {@code /q/health/well} reports it
 */
record AwayCondition(String condition, String reason) {

    /** Returns all that are away now, sorted by name. */
    static List<AwayCondition> among(Instance<Condition> conditions) {
        return conditions.stream()
                .flatMap(each -> each.trouble().map(reason -> new AwayCondition(each.name(), reason)).stream())
                .sorted((one, other) -> one.condition().compareTo(other.condition()))
                .toList();
    }
}
