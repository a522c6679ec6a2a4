package dev.apprentice.model.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.hub.retry.RetryPolicy;
import dev.apprentice.testkit.FakeHub;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that every way in which a model cannot be downloaded has a message of one sentence. */
class HubRefusalTest {

    private static final HubReference REFERENCE = HubReference.parse("hf:" + FakeHub.REPOSITORY);
    private static final byte[] WEIGHTS = Fixtures.bytes("tiny-gpt2/model.safetensors");
    private static final String MODEL = "model.safetensors";

    @TempDir
    Path cache;

    private FakeHub fake;
    private URI endpoint;
    private Optional<String> token = Optional.empty();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        fake = new FakeHub()
                .with("config.json", Fixtures.bytes("tiny-gpt2/config.json"))
                .with("tokenizer.json", Fixtures.bytes("tokenizer.json"))
                .with(MODEL, WEIGHTS);
        endpoint = fake.endpoint();
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    private Path fetch(boolean offline) {
        RetryPolicy retries = new RetryPolicy(6, Duration.ofSeconds(1), Duration.ofSeconds(8), pauses::add);
        return new Hub(new HubSettings(endpoint, token, cache, offline), retries, Duration.ofSeconds(30))
                .fetch(REFERENCE, DownloadListener.NONE);
    }

    private void requireRefused(String message) {
        assertThatThrownBy(() -> fetch(false)).isInstanceOf(ModelException.class).hasMessage(message);
    }

    @Test
    void aGatedModelSaysWhereToAsk() {
        fake.once("GET /api/models/", FakeHub.status(401, "X-Error-Code", "GatedRepo"));

        requireRefused("hf:textbook/tiny is gated: ask for access at " + endpoint + "/textbook/tiny and set HF_TOKEN to a"
                + " token of the account that was granted it");
    }

    @Test
    void aModelMayBeListedAndItsFilesGatedAllTheSame() {
        fake.once("HEAD /", FakeHub.status(403, "X-Error-Code", "GatedRepo"));

        requireRefused("hf:textbook/tiny is gated: ask for access at " + endpoint + "/textbook/tiny and set HF_TOKEN to a"
                + " token of the account that was granted it");
    }

    @Test
    void withoutATokenNobodyKnowsWhetherAModelIsPrivateOrMissing() {
        fake.once("GET /api/models/", FakeHub.status(401, "X-Error-Code", "RepoNotFound"));

        requireRefused("hf:textbook/tiny does not exist or is private: check the spelling, or set HF_TOKEN to a token that"
                + " may read it");
    }

    @Test
    void aTokenThatIsNotValidIsSuspected() {
        token = Optional.of("hf_expired");
        fake.once("GET /api/models/", FakeHub.status(401));

        requireRefused("hf:textbook/tiny is refused: the token is not valid, or the model does not exist; check HF_TOKEN"
                + " and the spelling");
    }

    @Test
    void anAccountWithoutTheRightIsNamed() {
        token = Optional.of("hf_guest");
        fake.once("GET /api/models/", FakeHub.status(403));

        requireRefused("hf:textbook/tiny is refused: the account of this HF_TOKEN may not read it; ask for access at "
                + endpoint + "/textbook/tiny");
    }

    @Test
    void aMissingModelIsNamed() {
        fake.once("GET /api/models/", FakeHub.status(404, "X-Error-Code", "RepoNotFound"));

        requireRefused("hf:textbook/tiny does not exist: " + endpoint + "/textbook/tiny was not found");
    }

    @Test
    void aMissingRevisionIsNamed() {
        fake.once("GET /api/models/", FakeHub.status(404, "X-Error-Code", "RevisionNotFound"));

        requireRefused("hf:textbook/tiny: " + endpoint + "/textbook/tiny has no revision 'main'");
    }

    @Test
    void anyOtherRefusalIsQuoted() {
        fake.once("GET /api/models/", FakeHub.status(451, "X-Error-Message", "Access to this resource is disabled."));

        requireRefused("hf:textbook/tiny cannot be downloaded: " + endpoint
                + "/api/models/textbook/tiny/revision/main answers with status 451 (Access to this resource is disabled.)");
    }

    @Test
    void pickledWeightsAreRefusedBeforeAnythingIsFetched() {
        fake.without(MODEL).with("pytorch_model.bin", new byte[] {1});

        requireRefused("hf:textbook/tiny has only pickled weights, which can execute any code when opened; choose a"
                + " model or a revision with model.safetensors");
        assertThat(fake.hubRequests()).hasSize(1);
    }

    @Test
    void aRepositoryWithoutWeightsIsRefused() {
        fake.without(MODEL).with("model.gguf", new byte[] {1});

        requireRefused("hf:textbook/tiny has no model.safetensors");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "tokenizer.json"})
    void aRepositoryThatIsNoModelIsRefused(String missing) {
        fake.without(missing);

        requireRefused("hf:textbook/tiny has no " + missing + ", and is thus no model that can be used here");
    }

    @Test
    void aServerThatIsNoHubIsNotTakenForOne() {
        fake.once("GET /api/models/", exchange ->
                FakeHub.send(exchange, "<html>Please log in</html>".getBytes(StandardCharsets.UTF_8), 0));

        requireRefused("the response of " + endpoint + "/api/models/textbook/tiny/revision/main is not that of a Hugging Face hub;"
                + " check HF_ENDPOINT and the proxy, if there is one");
    }

    @Test
    void anEtagThatWouldLeadOutOfTheCacheIsNoEtag() {
        fake.once("HEAD /", FakeHub.status(200, "ETag", "\"../../../evil\"", "Content-Length", "3"));

        assertThatThrownBy(() -> fetch(false))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(" is not that of a Hugging Face hub");
        assertThat(cache.resolve("evil")).doesNotExist();
    }

    @Test
    void aServerThatStaysAwayIsGivenUpAfterSixAttempts() {
        fake.times(6, "GET /api/models/", FakeHub.status(503));

        requireRefused("hf:textbook/tiny cannot be downloaded now: 127.0.0.1 answers with status 503, also when asked again; try again later");
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 8L);
    }

    @Test
    void aServerThatWantsToBeLeftAloneForHoursIsGivenUpAtOnce() {
        fake.once("GET /api/models/", FakeHub.status(429, "Retry-After", "7200"));

        requireRefused("hf:textbook/tiny cannot be downloaded now: 127.0.0.1 answers with status 429, and asks to wait 7200 s; try again then,"
                + " or set HF_TOKEN, which may ask more often");
        assertThat(pauses).isEmpty();
    }

    @Test
    void redirectsThatGoInCirclesEnd() {
        fake.times(100, "GET /api/models/", FakeHub.status(302, "Location", "/api/models/again"));

        requireRefused("hf:textbook/tiny cannot be downloaded from " + endpoint + ": " + endpoint
                + "/api/models/textbook/tiny/revision/main redirects more than 10 times; check the network, the proxy and"
                + " HF_ENDPOINT, then try again");
    }

    @Test
    void aFileThatArrivesDamagedTwiceIsGivenUp() {
        byte[] damaged = WEIGHTS.clone();
        damaged[damaged.length - 1] ^= 1;
        fake.times(2, "GET " + fake.stored(MODEL), exchange -> FakeHub.send(exchange, damaged, 0));

        requireRefused("hf:textbook/tiny: model.safetensors was damaged in two downloads; something between this machine"
                + " and the hub changes it, or the hub's copy is damaged");
        assertThat(cache.resolve("models--textbook--tiny/blobs")).isDirectoryNotContaining(
                "glob:**" + FakeHub.sha256(WEIGHTS) + "*");
    }

    @Test
    void aFileLongerThanAnnouncedIsCutOff() {
        fake.times(6, "GET " + fake.stored(MODEL), exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 2; i++) {
                exchange.getResponseBody().write(WEIGHTS);
            }
        });

        assertThatThrownBy(() -> fetch(false))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("model.safetensors is longer than the " + WEIGHTS.length + " bytes announced");
    }

    @Test
    void aDiskThatIsTooSmallIsNoticedBeforeTheDownload() {
        long petabyte = 1_000_000_000_000_000L;
        fake.once("HEAD /textbook/tiny/resolve/" + FakeHub.COMMIT + "/" + MODEL, FakeHub.status(
                302,
                "Location", endpoint + "/elsewhere",
                "X-Linked-Etag", FakeHub.sha256(WEIGHTS),
                "X-Linked-Size", String.valueOf(petabyte)));

        assertThatThrownBy(() -> fetch(false))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("hf:textbook/tiny: model.safetensors needs " + petabyte + " more bytes in "
                        + cache.resolve("models--textbook--tiny/blobs") + ", where ")
                .hasMessageEndingWith(" are free; make room, or set HF_HOME to a larger disk");
        assertThat(fake.storeRequests()).isEmpty();
    }

    @Test
    void aDiskThatFillsUpMeanwhileIsNamedAndNotTriedAgain() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "only Linux has a device that is always full");
        Path blobs = Files.createDirectories(cache.resolve("models--textbook--tiny/blobs"));
        Files.createSymbolicLink(blobs.resolve(FakeHub.sha256(WEIGHTS) + ".incomplete"), full);

        assertThatThrownBy(() -> fetch(false))
                .isInstanceOf(ModelException.class)
                .hasMessage("hf:textbook/tiny: model.safetensors cannot be written to " + blobs
                        + " (No space left on device); make room, or set HF_HOME to a writable disk");
        assertThat(pauses).isEmpty();
    }

    @Test
    void aCacheThatCannotBeWrittenToIsNamed() throws IOException {
        cache = Files.writeString(cache.resolve("occupied"), "a file where a folder should be");

        assertThatThrownBy(() -> fetch(false))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("hf:textbook/tiny cannot be stored in " + cache + ": ")
                .hasMessageEndingWith("; set HF_HOME to a writable folder");
    }

    @Test
    void aCommitThatCannotBeStoredLeavesNothingBeside() throws IOException {
        Path ref = cache.resolve("models--textbook--tiny/refs/main");
        Files.createDirectories(ref.resolve("a folder where a file should be"));

        assertThatThrownBy(() -> fetch(false))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("hf:textbook/tiny cannot be stored in " + cache + ": ");
        assertThat(ref.getParent().toFile().list()).containsExactly("main");
    }

    @Test
    void withoutANetworkThereIsNoModel() {
        fake.close();

        assertThatThrownBy(() -> fetch(false))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("hf:textbook/tiny cannot be downloaded from " + endpoint + ": ")
                .hasMessageEndingWith("; check the network, the proxy and HF_ENDPOINT, then try again");
        assertThat(pauses).isEmpty();
    }

    @Test
    void withoutANetworkWhatWasFetchedBeforeHasToDo() {
        Path before = fetch(false);
        fake.close();

        assertThat(fetch(false)).isEqualTo(before);
    }

    @Test
    void halfAModelDoesNotDo() throws IOException {
        Path before = fetch(false);
        fake.close();
        Files.delete(before.resolve(MODEL));

        assertThatThrownBy(() -> fetch(false)).isInstanceOf(ModelException.class);
    }

    @Test
    void offlineNobodyIsAsked() {
        assertThatThrownBy(() -> fetch(true))
                .isInstanceOf(ModelException.class)
                .hasMessage("hf:textbook/tiny is not in " + cache + ", and HF_HUB_OFFLINE forbids downloading it");
        Path fetched = fetch(false);
        fake.hubRequests().clear();

        assertThat(fetch(true)).isEqualTo(fetched);
        assertThat(fake.hubRequests()).isEmpty();
    }

    @Test
    void anInterruptedFetchEndsAndStaysInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> fetch(false))
                .isInstanceOf(ModelException.class)
                .hasMessage("the download of hf:textbook/tiny was interrupted; the files so far are kept");
        assertThat(Thread.interrupted()).isTrue();
    }
}
