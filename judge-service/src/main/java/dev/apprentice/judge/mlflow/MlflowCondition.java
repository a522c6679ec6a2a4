package dev.apprentice.judge.mlflow;

import dev.apprentice.service.health.Condition;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The condition that the tracking server is away. Runs are registered when it is back; nothing else depends on it. */
@Wellness
@ApplicationScoped
public class MlflowCondition implements Condition {

    private final MlflowFeed feed;

    MlflowCondition(MlflowFeed feed) {
        this.feed = feed;
    }

    @Override
    public String name() {
        return "MLflow";
    }

    @Override
    public Optional<String> trouble() {
        return feed.trouble();
    }
}
