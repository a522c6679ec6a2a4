package dev.apprentice.service.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiKeysTest {

    private static final String KEY = "0123456789abcdefghij";
    /** printf 0123456789abcdefghij | sha256sum */
    private static final String DIGEST = "6bc14bdc4517a7a682c6910de2e2946eb8e1ecd04090728fef6d092a7ceb62c5";

    @TempDir Path folder;

    @Test
    void keysComeFromTheFileAndTheSettingTogether() throws IOException {
        Path file = Files.writeString(folder.resolve("keys"), "# ours\n\n  one:viewer:" + KEY + "  \r\n");
        ApiKeys keys = ApiKeys.of(settings(Optional.of(file), "two:admin:another-key-of-20-chars=", "three:trainer:" + KEY + "+"));

        assertThat(keys.find(KEY)).map(ApiKey::name).contains("one");
        assertThat(keys.find(KEY)).map(ApiKey::role).contains("viewer");
        assertThat(keys.find("another-key-of-20-chars=")).map(ApiKey::role).contains("admin");
        assertThat(keys.find(KEY + "+")).map(ApiKey::name).contains("three");
        for (String unknown : List.of("", KEY + " ", KEY.substring(1), "0123456789abcdefghiJ", "one:viewer:" + KEY)) {
            assertThat(keys.find(unknown)).isEmpty();
        }
    }

    @Test
    void aKeyMayBeKeptAsItsDigestAlone() {
        ApiKeys keys = ApiKeys.of(settings(Optional.empty(), "one:viewer:sha256:" + DIGEST));

        assertThat(keys.find(KEY)).map(ApiKey::name).contains("one");
        assertThat(keys.find(DIGEST)).isEmpty();
        assertThat(keys.find("sha256:" + DIGEST)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "one:viewer | it must be NAME:ROLE:KEY",
        "one two:viewer:0123456789abcdefghij | it must be NAME:ROLE:KEY",
        "one:boss:0123456789abcdefghij | there is no role 'boss'; there are viewer, trainer, admin",
        "one:viewer:tooshort | at least 20 characters",
        "one:viewer:0123456789 abcdefghij | at least 20 characters",
        "one:viewer:sha256:0123 | 64 hexadecimal digits"})
    void whatIsNoKeyIsRefusedByItsPlaceAndNeverShown(String entry, String reason) throws IOException {
        Path file = Files.writeString(folder.resolve("keys"), "# ours\n" + entry + "\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiKeys.of(settings(Optional.of(file))))
                .withMessageStartingWith("line 2 of " + file + " (apprentice.sign-in.keys-file) cannot be used: ")
                .withMessageContaining(reason)
                .satisfies(e -> assertThat(e.toString()).doesNotContain("tooshort", "0123"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiKeys.of(settings(Optional.empty(), entry)))
                .withMessageStartingWith("entry 1 of apprentice.sign-in.keys cannot be used: ");
    }

    @Test
    void aFileThatIsNotThereOrEmptyIsRefusedRatherThanOpeningTheService() throws IOException {
        Path missing = folder.resolve("missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiKeys.of(settings(Optional.of(missing))))
                .withMessage(missing + " (apprentice.sign-in.keys-file) cannot be read: NoSuchFileException");
        Path empty = Files.writeString(folder.resolve("empty"), "# none yet\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiKeys.of(settings(Optional.of(empty))))
                .withMessage(empty + " (apprentice.sign-in.keys-file) holds no key; a line is NAME:ROLE:KEY");
    }

    @Test
    void twoOfOneNameOrOfOneKeyAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiKeys.of(settings(Optional.empty(), "one:viewer:" + KEY, "one:admin:" + KEY + "2")))
                .withMessage("two API keys are called 'one'; give each a name of its own");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiKeys.of(settings(Optional.empty(), "one:viewer:" + KEY, "two:admin:sha256:" + DIGEST)))
                .withMessage("'one' and 'two' have the same API key; give each its own");
    }

    @Test
    void aKeyShowsWhoseItIsAndNothingElse() {
        assertThat(ApiKey.parse("one:viewer:" + KEY)).hasToString("one (viewer)");
    }

    static SignInSettings settings(Optional<Path> file, String... keys) {
        return settings(file, false, keys);
    }

    static SignInSettings settings(Optional<Path> file, boolean open, String... keys) {
        return new SignInSettings() {
            @Override
            public Optional<Path> keysFile() {
                return file;
            }

            @Override
            public Optional<List<String>> keys() {
                return keys.length == 0 ? Optional.empty() : Optional.of(List.of(keys));
            }

            @Override
            public Duration rereadEvery() {
                return Duration.ofMillis(1);
            }

            @Override
            public boolean open() {
                return open;
            }
        };
    }
}
