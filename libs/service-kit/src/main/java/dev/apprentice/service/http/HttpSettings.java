package dev.apprentice.service.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.util.List;

/** Which requests are taken. */
@ConfigMapping(prefix = "apprentice.http")
public interface HttpSettings {

    /**
     * Names that the service is called by, without port, separated by commas; {@code *} for any. A request to another name is
     * refused, so that no web page can reach a service on its visitor's machine. Health and metrics answer to any name.
     */
    @WithDefault("localhost,127.0.0.1,[::1]")
    List<String> allowedHosts();

    /**
     * Requests with a body that are read at the same time; more are asked to come again with 503. Keeps threads free for health
     * and for everything else.
     */
    @WithDefault("64")
    @Min(1)
    int bodiesAtOnce();

    /** What one client may ask for: who has signed in, else an address. Reading is free. */
    PerClient perClient();

    /** What one client may ask for: who has signed in, else an address. Reading is free. */
    interface PerClient {

        /** Requests that change or compute something which one client may have open; more are answered with 429. */
        @WithDefault("32")
        @Min(1)
        int atOnce();

        /** Such requests that one client may send within a minute; more are answered with 429. */
        @WithDefault("1200")
        @Min(1)
        int aMinute();
    }
}
