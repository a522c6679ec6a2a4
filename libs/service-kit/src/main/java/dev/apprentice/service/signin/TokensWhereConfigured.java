package dev.apprentice.service.signin;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Enables OIDC if an issuer is configured. Otherwise disables it, because it would prevent the start. */
public final class TokensWhereConfigured implements ConfigSourceFactory {

    /** Lower than the ordinal of any configuration file, so every other source wins. */
    private static final int ORDINAL = 50;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        boolean issuer = Stream.of("quarkus.oidc.auth-server-url", "quarkus.oidc.public-key")
                .anyMatch(key -> context.getValue(key).getValue() != null);
        return List.of(new PropertiesConfigSource(
                Map.of("quarkus.oidc.tenant-enabled", String.valueOf(issuer)), "tokens where configured", ORDINAL));
    }
}
