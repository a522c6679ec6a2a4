package dev.apprentice.trainer.run;

import dev.apprentice.trainer.TrainerSettings;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Creates the service's settings without the service. */
public final class TestSettings {

    private TestSettings() {}

    /** Returns the defaults with these changes, by their names after {@code apprentice.trainer.} */
    public static TrainerSettings of(Map<String, String> settings) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(TrainerSettings.class)
                .withDefaultValue("user.home", "/home/any")
                .addDefaultInterceptors();
        settings.forEach((name, value) -> builder.withDefaultValue("apprentice.trainer." + name, value));
        return builder.build().getConfigMapping(TrainerSettings.class);
    }
}
