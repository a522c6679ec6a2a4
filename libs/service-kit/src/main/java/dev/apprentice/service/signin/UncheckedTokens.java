package dev.apprentice.service.signin;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.oidc.OIDCException;
import io.smallrye.health.api.Wellness;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers a token that cannot be checked with a 503 and a time to retry; otherwise it would be a 500 without a reason. */
public class UncheckedTokens {

    private static final int PRIORITY = 1;

    private final IssuerCondition issuer;

    UncheckedTokens(@Wellness IssuerCondition issuer) {
        this.issuer = issuer;
    }

    @ServerExceptionMapper(priority = PRIORITY)
    public Response issuerAway(OIDCException e) {
        issuer.failed(System.nanoTime(), e.getMessage());
        return HttpProblem.builder()
                .withStatus(Response.Status.SERVICE_UNAVAILABLE)
                .withTitle("Issuer unavailable")
                .withDetail("Your token cannot be checked: its issuer (quarkus.oidc.auth-server-url) does not answer. Try again when it is back,"
                        + " or sign in with an API key.")
                .withHeader(HttpHeaders.RETRY_AFTER, "10")
                .build()
                .toResponse();
    }
}
