package dev.apprentice.model.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.ModelException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubSettingsTest {

    private static final Path USER_HOME = Path.of(System.getProperty("user.home"));

    @TempDir
    Path home;

    @Test
    void theCacheIsInTheUsersHomeUnlessToldOtherwise() {
        assertThat(cache(Map.of())).isEqualTo(USER_HOME.resolve(".cache/huggingface/hub"));
        assertThat(cache(Map.of("XDG_CACHE_HOME", "/var/cache"))).isEqualTo(Path.of("/var/cache/huggingface/hub"));
        assertThat(cache(Map.of("XDG_CACHE_HOME", "/var/cache", "HF_HOME", "~/hf"))).isEqualTo(USER_HOME.resolve("hf/hub"));
        assertThat(cache(Map.of("HF_HOME", "/hf", "HF_HUB_CACHE", "/models"))).isEqualTo(Path.of("/models"));
    }

    private static Path cache(Map<String, String> environment) {
        return HubSettings.fromEnvironment(environment).cache();
    }

    @Test
    void theTokenComesFromTheEnvironmentOrFromAnEarlierLogin() throws IOException {
        assertThat(token(Map.of())).isEmpty();
        Files.writeString(home.resolve("token"), "hf_login\n");

        assertThat(token(Map.of())).contains("hf_login");
        assertThat(token(Map.of("HF_TOKEN", "hf_environment"))).contains("hf_environment");
        assertThat(token(Map.of("HF_TOKEN", " "))).contains("hf_login");
    }

    private Optional<String> token(Map<String, String> environment) {
        Map<String, String> with = new HashMap<>(environment);
        with.put("HF_HOME", home.toString());
        return HubSettings.fromEnvironment(with).token();
    }

    @Test
    void theTokenIsNeverPrinted() {
        HubSettings settings = HubSettings.fromEnvironment(Map.of("HF_TOKEN", "hf_secret", "HF_HOME", "/hf"));

        assertThat(settings).hasToString("HubSettings[https://huggingface.co with a token, cache /hf/hub]");
    }

    @Test
    void theEndpointMayBeAMirror() {
        assertThat(HubSettings.fromEnvironment(Map.of()).endpoint()).isEqualTo(URI.create("https://huggingface.co"));
        assertThat(HubSettings.fromEnvironment(Map.of("HF_ENDPOINT", "http://mirror:8080/hf/")).endpoint())
                .isEqualTo(URI.create("http://mirror:8080/hf"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mirror", "ftp://mirror", "http://", "https://a b"})
    void anEndpointThatIsNoAddressIsRefused(String endpoint) {
        assertThatThrownBy(() -> HubSettings.fromEnvironment(Map.of("HF_ENDPOINT", endpoint)))
                .isInstanceOf(ModelException.class)
                .hasMessage("HF_ENDPOINT is '" + endpoint + "'; it must be an address such as https://huggingface.co");
    }

    @Test
    void offlineIsSaidAsPythonReadsIt() {
        assertThat(HubSettings.fromEnvironment(Map.of()).offline()).isFalse();
        assertThat(HubSettings.fromEnvironment(Map.of("HF_HUB_OFFLINE", "0")).offline()).isFalse();
        assertThat(HubSettings.fromEnvironment(Map.of("HF_HUB_OFFLINE", "1")).offline()).isTrue();
        assertThat(HubSettings.fromEnvironment(Map.of("HF_HUB_OFFLINE", "true")).offline()).isTrue();
    }
}
