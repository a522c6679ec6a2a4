package dev.apprentice.cli.demo;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.apprentice.contracts.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * The demo's settings of training, from {@code resources/demo/settings.json}.
 *
 * @param training hyper-parameters by name
 * @param generation how test prompts are answered
 * @param floors for each category of examples, the least share of test answers that must be exactly right afterwards
 */
public record DemoSetting(Map<String, Object> training, Generation generation, Map<String, Double> floors) {

    /** How test prompts are answered; see {@link dev.apprentice.contracts.run.RunSpecification.Generation}. */
    public record Generation(int maxNewTokens) {}

    /** Returns the settings of the full demo. */
    public static DemoSetting full() {
        return read("full");
    }

    /** Returns the settings of a smaller demo, for continuous integration. */
    public static DemoSetting quick() {
        return read("ci");
    }

    /** Returns the settings with which the demo's model was pretrained. */
    public static DemoSetting base() {
        return read("base");
    }

    private static DemoSetting read(String name) {
        try (InputStream file = DemoSetting.class.getResourceAsStream("/demo/settings.json")) {
            Map<String, DemoSetting> settings = Json.MAPPER.readValue(file, new TypeReference<>() {});
            return settings.get(name);
        } catch (IOException e) {
            throw new IllegalStateException("the demo's settings.json is part of this package and valid", e);
        }
    }
}
