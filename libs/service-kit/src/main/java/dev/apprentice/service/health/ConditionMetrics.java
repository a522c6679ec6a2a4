package dev.apprentice.service.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

/** A gauge for each condition, so alerts can detect one that lasts. */
@Startup
@ApplicationScoped
public class ConditionMetrics {

    ConditionMetrics(MeterRegistry registry, @Any Instance<Condition> conditions) {
        conditions.forEach(condition -> Gauge.builder(
                        "apprentice.condition.away", condition, each -> each.trouble().isPresent() ? 1 : 0)
                .description("1 while the condition reports a problem, else 0; /q/health/well says why")
                .tag("condition", condition.name())
                .register(registry));
    }
}
