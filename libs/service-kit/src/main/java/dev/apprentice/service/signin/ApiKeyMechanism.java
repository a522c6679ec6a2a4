package dev.apprentice.service.signin;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Signs callers in with an API key. Programs send it as a bearer token; browsers send it as the password of any user.
 *
 * <p>It comes before OIDC. OIDC gets bearer tokens and passwords that are no API key. If browsers sign in at the issuer, OIDC
 * also gets browsers that open a page.
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

    /** Returns a higher priority than OIDC's, which is the default plus 1. */
    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 2;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext exchange, IdentityProviderManager manager) {
        String header = exchange.request().getHeader(HEADER);
        Optional<ApiKey> known = key(header).flatMap(signIn.keys()::find);
        if (known.isEmpty() && header != null && signIn.takesTokens()) {
            after(BASIC, header).flatMap(ApiKeyMechanism::password)
                    .ifPresent(token -> exchange.request().headers().set(HEADER, BEARER + token)); // for OIDC, which is asked next
        }
        return Uni.createFrom().item(known.map(ApiKeyMechanism::identity).orElse(null));
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
        return after(BEARER, header).or(() -> after(BASIC, header).flatMap(ApiKeyMechanism::password));
    }

    private static Optional<String> after(String scheme, String header) {
        return header.regionMatches(true, 0, scheme, 0, scheme.length())
                ? Optional.of(header.substring(scheme.length()).strip())
                : Optional.empty();
    }

    private static Optional<String> password(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            return Optional.of(pair.substring(pair.indexOf(':') + 1)).filter(password -> password.matches(ApiKey.TOKEN));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext exchange) {
        return Uni.createFrom().item(isForTheIssuer(exchange.request())
                ? null
                : new ChallengeData(Challenge.STATUS, Challenge.HEADER, signIn.challenge().scheme()));
    }

    /** Tells whether a browser opens a page, which may be answered with the issuer's page. A request of a page's script may not. */
    private boolean isForTheIssuer(HttpServerRequest request) {
        String accepted = request.getHeader("Accept");
        return signIn.challenge() == Challenge.ISSUER && request.getHeader(HEADER) == null && request.method().equals(HttpMethod.GET)
                && accepted != null && accepted.contains("text/html");
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext exchange) {
        if (isForTheIssuer(exchange.request())) {
            return Uni.createFrom().item(false); // OIDC sends its challenge next
        }
        exchange.response()
                .setStatusCode(Challenge.STATUS)
                .putHeader(Challenge.HEADER, signIn.challenge().scheme())
                .putHeader("Content-Type", "application/problem+json")
                .end(signIn.challenge().problem(exchange.request().getHeader(HEADER)));
        return Uni.createFrom().item(true);
    }
}
