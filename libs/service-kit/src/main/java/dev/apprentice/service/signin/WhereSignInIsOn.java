package dev.apprentice.service.signin;

import io.quarkus.security.spi.runtime.AuthorizationController;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

/** Enables the check of roles only if callers sign in. */
@Alternative
@Priority(1)
@Singleton
public class WhereSignInIsOn extends AuthorizationController {

    private final SignIn signIn;

    WhereSignInIsOn(SignIn signIn) {
        this.signIn = signIn;
    }

    @Override
    public boolean isAuthorizationEnabled() {
        return signIn.isRequired();
    }
}
