package dev.apprentice.judge.page.api;

import dev.apprentice.service.health.Condition;
import jakarta.enterprise.inject.Instance;
import java.util.List;

/**
 * Something that judge-service takes requests without at the moment, for a page that stays open.
 *
 * @param condition its name: {@code Kafka}, {@code Judges}
 * @param reason why it is away, as {@code /q/health/well} says it
 */
record AwayCondition(String condition, String reason) {

    /** All that are away now, in the order of their names. */
    static List<AwayCondition> among(Instance<Condition> conditions) {
        return conditions.stream()
                .flatMap(each -> each.trouble().map(reason -> new AwayCondition(each.name(), reason)).stream())
                .sorted((one, other) -> one.condition().compareTo(other.condition()))
                .toList();
    }
}
