package dev.apprentice.service.signin;

import dev.apprentice.contracts.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The API keys that a service knows. */
final class ApiKeys {

    private final List<ApiKey> all;

    private ApiKeys(List<ApiKey> all) {
        this.all = List.copyOf(all);
    }

    /**
     * Returns the keys of the settings.
     *
     * @throws IllegalArgumentException if a file or an entry cannot be used; names its place, never a key
     */
    static ApiKeys of(SignInSettings settings) {
        settings.keysFile().filter(file -> keysIn(file).isEmpty()).ifPresent(file -> {
            throw new IllegalArgumentException(file + " (apprentice.sign-in.keys-file) holds no key; a line is NAME:ROLE:KEY");
        });
        return now(settings);
    }

    /** Like {@link #of}, for a running service, whose file may have lost its last key. */
    static ApiKeys now(SignInSettings settings) {
        List<ApiKey> keys = new ArrayList<>(settings.keysFile().map(ApiKeys::keysIn).orElse(List.of()));
        List<String> listed = settings.keys().orElse(List.of());
        for (int i = 0; i < listed.size(); i++) {
            keys.add(key(listed.get(i).strip(), "entry " + (i + 1) + " of apprentice.sign-in.keys"));
        }
        requireDifferent(keys);
        return new ApiKeys(keys);
    }

    private static List<ApiKey> keysIn(Path file) {
        List<ApiKey> keys = new ArrayList<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                keys.add(key(line, "line " + (i + 1) + " of " + file + " (apprentice.sign-in.keys-file)"));
            }
        }
        return keys;
    }

    /** Tells whether both have equal keys, names and roles in the same order. */
    boolean areAs(ApiKeys others) {
        return all.size() == others.all.size()
                && IntStream.range(0, all.size()).allMatch(i -> all.get(i).isAs(others.all.get(i)));
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    int size() {
        return all.size();
    }

    /** Finds a key. It compares with every known key, so the time reveals nothing. */
    Optional<ApiKey> find(String key) {
        byte[] digest = Sha256.bytes(key);
        ApiKey found = null;
        for (ApiKey each : all) {
            found = each.has(digest) ? each : found;
        }
        return Optional.ofNullable(found);
    }

    private static ApiKey key(String entry, String place) {
        try {
            return ApiKey.parse(entry);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place + " cannot be used: " + e.getMessage());
        }
    }

    private static void requireDifferent(List<ApiKey> keys) {
        Set<String> names = new HashSet<>();
        for (ApiKey key : keys) {
            if (!names.add(key.name())) {
                throw new IllegalArgumentException("two API keys are called '" + key.name() + "'; give each a name of its own");
            }
        }
        for (ApiKey key : keys) {
            keys.stream().filter(other -> other != key && other.has(key.digest())).findFirst().ifPresent(other -> {
                throw new IllegalArgumentException(
                        "'" + key.name() + "' and '" + other.name() + "' have the same API key; give each its own");
            });
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    file + " (apprentice.sign-in.keys-file) cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }
}
