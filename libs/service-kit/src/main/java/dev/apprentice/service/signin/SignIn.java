package dev.apprentice.service.signin;

import dev.apprentice.service.kafka.StartOrder;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Decides whether callers have to sign in: they do if there is an API key or an issuer of tokens. A service that other machines
 * can reach does not start without either, unless its settings declare it open.
 */
@ApplicationScoped
class SignIn {

    private static final Logger LOG = Logger.getLogger(SignIn.class);

    private final CurrentKeys keys;
    private final boolean required;
    private final boolean tokens;
    private final Optional<String> audience;
    private final String applicationType;
    private final boolean open;
    private final String host;

    SignIn(
            SignInSettings settings,
            CurrentKeys keys,
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled") boolean tokens,
            @ConfigProperty(name = "quarkus.oidc.token.audience") Optional<String> audience,
            @ConfigProperty(name = "quarkus.oidc.application-type", defaultValue = "service") String applicationType,
            @ConfigProperty(name = "quarkus.http.host") String host) {
        this.keys = keys;
        this.required = tokens || !keys.keys().isEmpty();
        this.tokens = tokens;
        this.audience = audience;
        this.applicationType = applicationType;
        this.open = settings.open();
        this.host = host;
    }

    /**
     * Tells whether callers have to sign in. That is decided at the start, so a service whose last key is removed is closed, not
     * open.
     */
    boolean isRequired() {
        return required;
    }

    boolean takesTokens() {
        return tokens;
    }

    /** Returns how callers are asked to sign in. */
    Challenge challenge() {
        return tokens && !applicationType.equalsIgnoreCase("service") ? Challenge.ISSUER : Challenge.PASSWORD;
    }

    ApiKeys keys() {
        return keys.keys();
    }

    /**
     * Checks the settings at the start.
     *
     * @throws IllegalArgumentException saying which setting is missing
     */
    void check(@Observes @Priority(StartOrder.CHECKS) StartupEvent event) {
        if (tokens && audience.isEmpty()) {
            throw new IllegalArgumentException("quarkus.oidc.token.audience is not set, so that tokens which the issuer made out for"
                    + " other services would be taken here; set it to this service's client id, or to 'any'");
        }
        if (isRequired()) {
            LOG.infof("callers must sign in; API keys: %d%s", keys().size(), tokens ? "; tokens of the OIDC issuer are accepted too" : "");
        } else if (isLoopback(host)) {
            LOG.debugf("no sign-in: %s is reached from this machine alone", host);
        } else if (open) {
            LOG.warnf("anyone who can reach %s may do everything: there is no sign-in, and apprentice.sign-in.open is true", host);
        } else {
            throw new IllegalArgumentException("quarkus.http.host is " + host + ", so that other machines reach this service, but"
                    + " there is no sign-in; set apprentice.sign-in.keys-file or quarkus.oidc.auth-server-url, listen at 127.0.0.1,"
                    + " or set apprentice.sign-in.open=true where something in front of the service signs callers in");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false; // the server then fails to listen, and says why
        }
    }
}
