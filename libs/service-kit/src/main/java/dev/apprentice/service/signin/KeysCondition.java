package dev.apprentice.service.signin;

import dev.apprentice.service.health.Condition;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The file of API keys cannot be used any more: what was changed in it does not hold yet. */
@Wellness
@ApplicationScoped
public class KeysCondition implements Condition {

    private final CurrentKeys keys;

    KeysCondition(CurrentKeys keys) {
        this.keys = keys;
    }

    @Override
    public String name() {
        return "API keys";
    }

    @Override
    public Optional<String> trouble() {
        return keys.trouble();
    }
}
