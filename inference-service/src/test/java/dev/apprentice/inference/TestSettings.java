package dev.apprentice.inference;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** Creates the service's settings with their real defaults, for tests that need no Quarkus. */
public final class TestSettings {

    private static final int ABOVE_DEFAULTS = 200;

    private TestSettings() {}

    /** @param keysAndValues full keys, each followed by its value */
    public static InferenceSettings of(String... keysAndValues) {
        Map<String, String> properties = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", ABOVE_DEFAULTS))
                .withMapping(InferenceSettings.class)
                .addDiscoveredConverters()
                .build()
                .getConfigMapping(InferenceSettings.class);
    }
}
