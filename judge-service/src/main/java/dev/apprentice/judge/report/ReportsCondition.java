package dev.apprentice.judge.report;

import dev.apprentice.service.health.Condition;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The condition that scores are not being aggregated. Existing reports are still shown. */
@Wellness
@ApplicationScoped
public class ReportsCondition implements Condition {

    private final ReportStreams streams;

    ReportsCondition(ReportStreams streams) {
        this.streams = streams;
    }

    @Override
    public String name() {
        return "Reports";
    }

    @Override
    public Optional<String> trouble() {
        return streams.missing();
    }
}
