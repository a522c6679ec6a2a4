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
 * Gives {@code apprentice.kafka.instance} its default: host name and port, which no other instance has and which are the same
 * at the next start. Where the port is any free one, it is a random name.
 */
public final class InstanceName implements ConfigSourceFactory {

    static final String KEY = "apprentice.kafka.instance";

    /** Below all files, so that any other source takes precedence. */
    private static final int ORDINAL = 50;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        String port = context.getValue("quarkus.http.port").getValue();
        String name = port == null || port.equals("0") ? UUID.randomUUID().toString() : host() + "-" + port;
        return List.of(new PropertiesConfigSource(Map.of(KEY, name), "instance name", ORDINAL));
    }

    /** In the letters that a group's name may have. */
    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9._-]", "_");
        } catch (UnknownHostException e) {
            return UUID.randomUUID().toString(); // a machine that does not know its own name shares none
        }
    }
}
