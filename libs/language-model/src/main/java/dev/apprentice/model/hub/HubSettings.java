package dev.apprentice.model.hub;

import dev.apprentice.model.ModelException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The hub's address and the user's credentials, from the environment variables that Python's huggingface_hub reads.
 *
 * @param endpoint {@code HF_ENDPOINT}, without a slash at its end
 * @param token {@code HF_TOKEN}, or the token that {@code hf auth login} stored in {@code HF_HOME}; for gated and private models
 * @param cache {@code HF_HUB_CACHE}, or the folder hub in {@code HF_HOME}
 * @param offline {@code HF_HUB_OFFLINE}: use only the cache, and send no requests
 */
public record HubSettings(URI endpoint, Optional<String> token, Path cache, boolean offline) {

    private static final String DEFAULT_ENDPOINT = "https://huggingface.co";
    private static final Set<String> TRUE = Set.of("1", "ON", "YES", "TRUE");

    /** @throws ModelException if HF_ENDPOINT is no address of a web server, or the token cannot be read */
    public static HubSettings fromEnvironment(Map<String, String> environment) {
        Path home = value(environment, "HF_HOME")
                .map(HubSettings::path)
                .orElseGet(() -> value(environment, "XDG_CACHE_HOME")
                        .map(HubSettings::path)
                        .orElse(path("~/.cache"))
                        .resolve("huggingface"));
        return new HubSettings(
                endpoint(value(environment, "HF_ENDPOINT").orElse(DEFAULT_ENDPOINT)),
                value(environment, "HF_TOKEN").or(() -> tokenIn(home.resolve("token"))),
                value(environment, "HF_HUB_CACHE").map(HubSettings::path).orElse(home.resolve("hub")),
                value(environment, "HF_HUB_OFFLINE").filter(value -> TRUE.contains(value.toUpperCase())).isPresent());
    }

    /** Omits the token, which must not appear in a log. */
    @Override
    public String toString() {
        return "HubSettings[" + endpoint + (token.isPresent() ? " with" : " without") + " a token, cache " + cache
                + (offline ? ", offline]" : "]");
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static Path path(String value) {
        return value.equals("~") || value.startsWith("~/")
                ? Path.of(System.getProperty("user.home") + value.substring(1))
                : Path.of(value);
    }

    private static URI endpoint(String value) {
        if (!value.matches("https?://[^\\s/]+(/\\S*)?")) {
            throw new ModelException("HF_ENDPOINT is '" + value + "'; it must be an address such as " + DEFAULT_ENDPOINT);
        }
        return URI.create(value.replaceFirst("/+$", ""));
    }

    private static Optional<String> tokenIn(Path file) {
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(Files.readString(file).strip()).filter(token -> !token.isEmpty())
                    : Optional.empty();
        } catch (IOException e) {
            throw new ModelException("the hub's token in " + file + " cannot be read: " + e, e);
        }
    }
}
