package dev.apprentice.service.signin;

import dev.apprentice.service.health.Condition;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Health condition for the file of API keys. While the file is unusable, its changes are not in effect. */
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
