package dev.apprentice.service.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.util.List;

/** Which HTTP requests are accepted. */
@ConfigMapping(prefix = "apprentice.http")
public interface HttpSettings {

    /**
     * The host names that requests may use, without port, separated by commas; {@code *} for any. Requests to other names are
     * refused, so no web page can reach a service on its visitor's machine (DNS rebinding). Health and metrics accept any name.
     */
    @WithDefault("localhost,127.0.0.1,[::1]")
    List<String> allowedHosts();

    /**
     * How many request bodies are read at once; further requests get 503 and may be retried. This keeps threads free for health
     * checks and everything else.
     */
    @WithDefault("64")
    @Min(1)
    int bodiesAtOnce();

    /** The limits of one client: the caller that has signed in, or else an address. Reading is not limited. */
    PerClient perClient();

    /** What one client may ask for: who has signed in, else an address. Reading is free. */
    interface PerClient {

        /** How many requests that change or compute something one client may have open; more get 429. */
        @WithDefault("32")
        @Min(1)
        int atOnce();

        /** How many such requests one client may send within a minute; more get 429. */
        @WithDefault("1200")
        @Min(1)
        int aMinute();
    }
}
