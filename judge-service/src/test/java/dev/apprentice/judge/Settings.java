package dev.apprentice.judge;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Creates the service's typed configuration without the service. */
public final class Settings {

    private Settings() {}

    /** Returns the defaults, overridden by these keys. */
    public static <T> T of(Class<T> mapping, Map<String, String> keys) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(mapping)
                .withSources(new PropertiesConfigSource(Map.of("user.home", "/nowhere"), "home", 1))
                .withSources(new PropertiesConfigSource(keys, "test", 100))
                .build();
        return config.getConfigMapping(mapping);
    }
}
