package dev.apprentice.cli.demo;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.apprentice.contracts.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * How the demo trains, from {@code resources/demo/settings.json}.
 *
 * @param training hyper-parameters by name
 * @param generation how test prompts are answered
 * @param floors by the category of examples, the share of test answers that must be right to the letter afterwards
 */
public record DemoSetting(Map<String, Object> training, Generation generation, Map<String, Double> floors) {

    /** See {@link dev.apprentice.contracts.run.RunSpecification.Generation}. */
    public record Generation(int maxNewTokens) {}

    /** The demo as it is meant. */
    public static DemoSetting full() {
        return read("full");
    }

    /** A smaller scale, for continuous integration. */
    public static DemoSetting quick() {
        return read("ci");
    }

    /** How the demo's model was pretrained. */
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
