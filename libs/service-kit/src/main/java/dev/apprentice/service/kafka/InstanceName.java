package dev.apprentice.service.kafka;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Provides the default of {@code apprentice.kafka.instance}: host name and port, which are unique and the same after a restart.
 * If the port is chosen at random, the name is random, too.
 */
public final class InstanceName implements ConfigSourceFactory {

    static final String KEY = "apprentice.kafka.instance";

    /** Lower than the ordinal of any configuration file, so every other source wins. */
    private static final int ORDINAL = 50;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        String port = context.getValue("quarkus.http.port").getValue();
        String name = port == null || port.equals("0") ? UUID.randomUUID().toString() : host() + "-" + port;
        return List.of(new PropertiesConfigSource(Map.of(KEY, name), "instance name", ORDINAL));
    }

    /** Returns the host name in characters that a group's name may have. */
    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9._-]", "_");
        } catch (UnknownHostException e) {
            return UUID.randomUUID().toString(); // without a host name, a random name is unique
        }
    }
}
