package dev.apprentice.service.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.oidc.OIDCException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IssuerConditionTest {

    private final IssuerCondition issuer = new IssuerCondition();

    @Test
    void aTokenThatCannotBeCheckedIsToComeAgain() {
        Response answer = new UncheckedTokens(issuer).issuerAway(new OIDCException("OIDC Server is not available"));

        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getHeaderString("Retry-After")).isEqualTo("10");
        assertThat(((HttpProblem) answer.getEntity()).getDetail()).isEqualTo(
                "Your token cannot be checked: its issuer (quarkus.oidc.auth-server-url) does not answer. Try again when it is back, or sign"
                        + " in with an API key.");
        assertThat(issuer.trouble()).hasValue("tokens cannot be checked: their issuer (quarkus.oidc.auth-server-url) does not answer");
    }

    @Test
    void theIssuerCountsAsAwayForAMinuteAfterAToken() {
        long at = 5;
        assertThat(issuer.trouble(at)).isEmpty();

        issuer.failed(at, "OIDC Server is not available");

        assertThat(issuer.trouble(at + Duration.ofSeconds(59).toNanos())).isPresent();
        assertThat(issuer.trouble(at + Duration.ofSeconds(61).toNanos())).isEmpty();
    }
}
