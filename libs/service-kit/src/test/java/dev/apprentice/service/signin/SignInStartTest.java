package dev.apprentice.service.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.apprentice.service.threads.WatchedThreads;
import io.quarkus.runtime.StartupEvent;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInStartTest {

    private static final String KEY = "ci:trainer:0123456789abcdefghij";

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void aServiceThatOtherMachinesReachDoesNotStartWithoutSignIn(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> start(host, false, false, Optional.empty()))
                .withMessageStartingWith("quarkus.http.host is " + host + ", so that other machines reach this service, but there is no"
                        + " sign-in; set apprentice.sign-in.keys-file or quarkus.oidc.auth-server-url,");
        assertThat(start(host, true, false, Optional.empty()).isRequired()).isFalse();
        assertThat(start(host, false, false, Optional.empty(), KEY).isRequired()).isTrue();
        assertThat(start(host, false, true, Optional.of("apprentice")).isRequired()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.0.0.9"})
    void oneThatThisMachineAloneReachesMayDoWithout(String host) {
        assertThat(start(host, false, false, Optional.empty()).isRequired()).isFalse();
        assertThat(start(host, false, false, Optional.empty(), KEY).isRequired()).isTrue();
    }

    /** Without an audience, the service would accept the issuer's tokens for any service. */
    @Test
    void tokensNeedAnAudience() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> start("127.0.0.1", false, true, Optional.empty()))
                .withMessageStartingWith("quarkus.oidc.token.audience is not set");
        assertThatCode(() -> start("127.0.0.1", false, true, Optional.of("any"))).doesNotThrowAnyException();
    }

    /** A browser that signs in at the issuer asks its user for no password. */
    @Test
    void browsersAreAskedForAPasswordUnlessTheySignInAtTheIssuer() {
        assertThat(signIn("127.0.0.1", false, true, Optional.of("any"), "service").challenge()).isEqualTo(Challenge.PASSWORD);
        assertThat(signIn("127.0.0.1", false, true, Optional.of("any"), "hybrid").challenge()).isEqualTo(Challenge.ISSUER);
        assertThat(signIn("127.0.0.1", false, true, Optional.of("any"), "web-app").challenge()).isEqualTo(Challenge.ISSUER);
        assertThat(signIn("127.0.0.1", false, false, Optional.empty(), "hybrid", KEY).challenge()).isEqualTo(Challenge.PASSWORD);
        assertThat(Challenge.PASSWORD.scheme()).startsWith("Basic ");
        assertThat(Challenge.PASSWORD.problem(null)).contains("in a browser, enter it as the password of any user");
        assertThat(Challenge.ISSUER.scheme()).startsWith("Bearer ");
        assertThat(Challenge.ISSUER.problem(null)).contains("load the page again, which leads to the issuer's sign-in");
    }

    private static SignIn start(String host, boolean open, boolean tokens, Optional<String> audience, String... keys) {
        return signIn(host, open, tokens, audience, "service", keys);
    }

    private static SignIn signIn(
            String host, boolean open, boolean tokens, Optional<String> audience, String applicationType, String... keys) {
        SignInSettings settings = ApiKeysTest.settings(Optional.empty(), open, keys);
        SignIn signIn = new SignIn(settings, new CurrentKeys(settings, new WatchedThreads()), tokens, audience, applicationType, host);
        signIn.check(new StartupEvent());
        return signIn;
    }
}
