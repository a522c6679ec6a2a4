package dev.apprentice.service.signin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Sign-in of callers. Bearer tokens are configured by {@code quarkus.oidc.*}. */
@ConfigMapping(prefix = "apprentice.sign-in")
public interface SignInSettings {

    /**
     * A file of API keys with a line {@code NAME:ROLE:KEY} for each. The role is {@code viewer}, {@code trainer} or {@code admin}.
     * A key has at least 20 characters; the file may hold {@code sha256:} and its SHA-256 in hexadecimal instead.
     */
    Optional<Path> keysFile();

    /** How often the file is read again. A key that is removed from it stops working within this time. */
    @WithDefault("5s")
    Duration rereadEvery();

    /** Further API keys in this form, separated by commas. */
    Optional<List<String>> keys();

    /**
     * Whether a service that other machines can reach starts without sign-in. Set this if something in front of the service
     * authenticates callers.
     */
    @WithDefault("false")
    boolean open();
}
