package dev.apprentice.cli.command.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.local.CommandException;
import dev.apprentice.model.hub.HubSettings;
import dev.apprentice.testkit.FakeHub;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a model on the hub, named on the command line; the hub is a local fake. */
class ModelOptionTest {

    private static final String MODEL = "hf:" + FakeHub.REPOSITORY;

    @TempDir Path cache;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private FakeHub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new FakeHub().withModel("tiny-gpt2");
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void aModelOnTheHubIsFetchedAndNamedByItsCommit() {
        assertThat(fetch(MODEL + "@v1")).isEqualTo(MODEL + "@" + FakeHub.COMMIT);
        assertThat(cache.resolve("models--textbook--tiny/snapshots/" + FakeHub.COMMIT)).isDirectory();
    }

    @Test
    void aLargeFileShowsHowFarItIs() {
        byte[] padded = new byte[3_000_000];
        hub.with("vocab.json", padded);

        fetch(MODEL);

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("vocab.json", "100%", "3/3 MB").doesNotContain("config.json");
    }

    @Test
    void whatTheHubRefusesIsToldInASentence() {
        hub.once("GET /api/models/", FakeHub.status(403, "X-Error-Code", "GatedRepo"));
        assertRefused(MODEL, MODEL + " is gated: ask for access at " + hub.endpoint()
                + "/textbook/tiny and set HF_TOKEN to a token of the account that was granted it");

        assertRefused("hf:textbook/absent", "hf:textbook/absent does not exist: " + hub.endpoint() + "/textbook/absent was not found");

        hub.without("model.safetensors").with("pytorch_model.bin", new byte[1]);
        assertRefused(MODEL, MODEL + " has only pickled weights, which can execute any code when opened;"
                + " choose a model or a revision with model.safetensors");
    }

    @Test
    void withoutANetworkTheSentenceSaysWhatToCheck() {
        HubSettings settings = settings();
        hub.close();

        assertThatThrownBy(() -> new ModelOption(MODEL).fetched(screen(), settings))
                .isInstanceOf(CommandException.class)
                .hasMessageStartingWith(MODEL + " cannot be downloaded from " + settings.endpoint())
                .hasMessageEndingWith("; check the network, the proxy and HF_ENDPOINT, then try again.");
    }

    private void assertRefused(String model, String sentence) {
        assertThatThrownBy(() -> fetch(model)).isInstanceOf(CommandException.class).hasMessage(sentence + ".");
    }

    private String fetch(String model) {
        return new ModelOption(model).fetched(screen(), settings());
    }

    private HubSettings settings() {
        return new HubSettings(hub.endpoint(), Optional.empty(), cache, false);
    }

    private Screen screen() {
        return new Screen(new PrintStream(out, true, StandardCharsets.UTF_8), false, 100);
    }
}
