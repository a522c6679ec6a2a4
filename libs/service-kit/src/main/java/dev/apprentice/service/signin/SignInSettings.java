package dev.apprentice.service.signin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Who may call a service. Bearer tokens are configured by {@code quarkus.oidc.*}. */
@ConfigMapping(prefix = "apprentice.sign-in")
public interface SignInSettings {

    /**
     * A file of API keys, {@code NAME:ROLE:KEY} a line, with {@code viewer}, {@code trainer} or {@code admin} as role. A key has
     * at least 20 characters; {@code sha256:} and its SHA-256 in hexadecimal may stand in its place.
     */
    Optional<Path> keysFile();

    /** How often the file is read again: a key that was removed from it stops working within this time. */
    @WithDefault("5s")
    Duration rereadEvery();

    /** More API keys in the same form, separated by commas. */
    Optional<List<String>> keys();

    /**
     * Whether a service that other machines reach starts without sign-in. Set it where something in front of the service signs
     * callers in.
     */
    @WithDefault("false")
    boolean open();
}
