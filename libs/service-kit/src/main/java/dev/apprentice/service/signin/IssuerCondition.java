package dev.apprentice.service.signin;

import dev.apprentice.service.health.Condition;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Health condition for the issuer of tokens. Quarkus asks it when a token arrives, so the latest token tells whether it answers. */
@Wellness
@ApplicationScoped
public class IssuerCondition implements Condition {

    private static final Logger LOG = Logger.getLogger(IssuerCondition.class);
    private static final Duration LASTS = Duration.ofMinutes(1);
    private static final String AWAY = "tokens cannot be checked: their issuer (quarkus.oidc.auth-server-url) does not answer";

    private volatile Optional<Long> failedAt = Optional.empty();

    /**
     * Notes that a token could not be checked.
     *
     * @param nanoTime the time of a clock that never jumps
     */
    void failed(long nanoTime, String reason) {
        if (trouble(nanoTime).isEmpty()) {
            LOG.warnf("%s (%s)", AWAY, reason);
        }
        failedAt = Optional.of(nanoTime);
    }

    @Override
    public String name() {
        return "Issuer of tokens";
    }

    @Override
    public Optional<String> trouble() {
        return trouble(System.nanoTime());
    }

    Optional<String> trouble(long nanoTime) {
        return failedAt.filter(at -> nanoTime - at < LASTS.toNanos()).map(at -> AWAY);
    }
}
