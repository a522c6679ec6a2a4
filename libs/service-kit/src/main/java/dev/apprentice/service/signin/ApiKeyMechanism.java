package dev.apprentice.service.signin;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Signs in with an API key: as a bearer token, as programs do, or as the password of any user, which browsers ask for.
 *
 * <p>Comes before OIDC, which gets the bearer tokens that are no API keys.
 */
@ApplicationScoped
class ApiKeyMechanism implements HttpAuthenticationMechanism {

    private static final String HEADER = "Authorization";
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";

    private final SignIn signIn;

    ApiKeyMechanism(SignIn signIn) {
        this.signIn = signIn;
    }

    /** OIDC has one more than the default. */
    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 2;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext exchange, IdentityProviderManager manager) {
        return Uni.createFrom().item(key(exchange.request().getHeader(HEADER))
                .flatMap(signIn.keys()::find)
                .map(ApiKeyMechanism::identity)
                .orElse(null));
    }

    private static SecurityIdentity identity(ApiKey key) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(key.name()))
                .addRoles(Roles.upTo(key.role()))
                .build();
    }

    private static Optional<String> key(String header) {
        if (header == null) {
            return Optional.empty();
        }
        if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.of(header.substring(BEARER.length()).strip());
        }
        return header.regionMatches(true, 0, BASIC, 0, BASIC.length())
                ? password(header.substring(BASIC.length()).strip())
                : Optional.empty();
    }

    private static Optional<String> password(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            return Optional.of(pair.substring(pair.indexOf(':') + 1));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext exchange) {
        return Uni.createFrom().item(new ChallengeData(Challenge.STATUS, Challenge.HEADER, Challenge.SCHEME));
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext exchange) {
        exchange.response()
                .setStatusCode(Challenge.STATUS)
                .putHeader(Challenge.HEADER, Challenge.SCHEME)
                .putHeader("Content-Type", "application/problem+json")
                .end(Challenge.problem(exchange.request().getHeader(HEADER)));
        return Uni.createFrom().item(true);
    }
}
