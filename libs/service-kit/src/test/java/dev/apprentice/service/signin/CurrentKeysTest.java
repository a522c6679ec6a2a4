package dev.apprentice.service.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.apprentice.service.threads.WatchedThreads;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurrentKeysTest {

    private static final String OLD = "old-key-of-twenty-chars-";
    private static final String NEW = "new-key-of-twenty-chars-";
    private static final String LISTED = "listed-key-of-20-chars-";

    @TempDir Path folder;

    private Path file;
    private SignInSettings settings;
    private CurrentKeys keys;

    @BeforeEach
    void begin() throws IOException {
        file = Files.writeString(folder.resolve("keys"), "ci:trainer:" + OLD + "\n");
        settings = ApiKeysTest.settings(Optional.of(file), "other:viewer:" + LISTED);
        keys = new CurrentKeys(settings, new WatchedThreads());
    }

    @AfterEach
    void end() {
        keys.stop(new ShutdownEvent());
    }

    @Test
    void aKeyIsAddedReplacedAndRemovedWhileTheServiceRuns() throws IOException {
        keys.start(new StartupEvent());

        Files.writeString(file, "ci:trainer:" + OLD + "\nci-2:trainer:" + NEW + "\n");
        await().until(() -> knows(NEW));
        assertThat(knows(OLD)).isTrue();

        Files.writeString(file, "ci-2:viewer:" + NEW + "\n");
        await().until(() -> !knows(OLD));
        assertThat(keys.keys().find(NEW)).map(ApiKey::role).contains("viewer");
        assertThat(knows(LISTED)).isTrue();
        assertThat(keys.trouble()).isEmpty();
    }

    /** Kubernetes replaces a secret in this way: a link then leads to another folder. */
    @Test
    void aFileThatIsALinkIsFollowedAnew() throws IOException {
        Path first = Files.writeString(Files.createDirectory(folder.resolve("1")).resolve("keys"), "ci:trainer:" + OLD);
        Path second = Files.writeString(Files.createDirectory(folder.resolve("2")).resolve("keys"), "ci:trainer:" + NEW);
        Path link = Files.createSymbolicLink(folder.resolve("link"), first);
        CurrentKeys linked = new CurrentKeys(ApiKeysTest.settings(Optional.of(link)), new WatchedThreads());

        Files.delete(link);
        Files.createSymbolicLink(link, second);
        linked.look();

        assertThat(linked.keys().find(OLD)).isEmpty();
        assertThat(linked.keys().find(NEW)).isPresent();
    }

    @Test
    void aFileThatCannotBeUsedChangesNothingAndHealthSaysSo() throws IOException {
        for (String faulty : new String[] {"ci:trainer:" + NEW + "\nci-2:boss:" + NEW + "2\n", null}) {
            if (faulty == null) {
                Files.delete(file);
            } else {
                Files.writeString(file, faulty);
            }
            keys.look();

            assertThat(knows(OLD)).isTrue();
            assertThat(knows(NEW)).isFalse();
            assertThat(new KeysCondition(keys).trouble()).contains(
                    "the file of API keys cannot be used; the previous keys stay valid; the log has the reason");
        }
        Files.writeString(file, "ci:trainer:" + NEW);
        keys.look();

        assertThat(knows(OLD)).isFalse();
        assertThat(new KeysCondition(keys).trouble()).isEmpty();
    }

    @Test
    void withoutItsLastKeyTheServiceIsClosedNotOpen() throws IOException {
        SignInSettings alone = ApiKeysTest.settings(Optional.of(file));
        CurrentKeys few = new CurrentKeys(alone, new WatchedThreads());
        SignIn signIn = new SignIn(alone, few, false, Optional.empty(), "service", "127.0.0.1");
        Files.writeString(file, "# nobody\n");
        few.look();

        assertThat(signIn.keys().isEmpty()).isTrue();
        assertThat(signIn.isRequired()).isTrue();
    }

    private boolean knows(String key) {
        return keys.keys().find(key).isPresent();
    }
}
