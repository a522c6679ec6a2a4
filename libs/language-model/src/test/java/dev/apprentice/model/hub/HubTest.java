package dev.apprentice.model.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.hub.retry.RetryPolicy;
import dev.apprentice.model.hub.retry.Sleeper;
import dev.apprentice.testkit.FakeHub;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hub client with a hub that works, and with one that fails now and then. */
class HubTest {

    private static final HubReference REFERENCE = HubReference.parse("hf:" + FakeHub.REPOSITORY);
    private static final byte[] WEIGHTS = Fixtures.bytes("tiny-gpt2/model.safetensors");
    private static final String MODEL = "model.safetensors";

    @TempDir
    Path cache;

    private FakeHub fake;
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        fake = new FakeHub()
                .with("config.json", Fixtures.bytes("tiny-gpt2/config.json"))
                .with("tokenizer.json", Fixtures.bytes("tokenizer.json"))
                .with("generation_config.json", Fixtures.bytes("tiny-gpt2/generation_config.json"))
                .with(MODEL, WEIGHTS)
                .with("pytorch_model.bin", "pickled".getBytes(StandardCharsets.UTF_8))
                .with("README.md", "read".getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    private Hub hub() {
        return hub(Optional.empty(), Duration.ofSeconds(30));
    }

    private Hub hub(Optional<String> token, Duration stall) {
        RetryPolicy retries = new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(8), this::pause);
        return new Hub(new HubSettings(fake.endpoint(), token, cache, false), retries, stall);
    }

    /** Really sleeps while waiting for a lock; only records waits for a server. */
    private void pause(Duration duration) throws InterruptedException {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            Sleeper.SLEEP.sleep(duration);
        } else {
            pauses.add(duration);
        }
    }

    private Path fetch() {
        return hub().fetch(REFERENCE, DownloadListener.NONE);
    }

    @Test
    void aFetchedModelIsAModelFolderWithNothingThatIsNotUsed() {
        Path folder = fetch();

        assertThat(ModelFolder.open(folder).configuration().modelType()).isEqualTo("gpt2");
        assertThat(folder.resolve(MODEL)).hasBinaryContent(WEIGHTS);
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder("config.json", "tokenizer.json", "generation_config.json", MODEL);
    }

    @Test
    void theCacheIsLaidOutAsPythonsIs() throws IOException {
        Path folder = fetch();

        Path repository = cache.resolve("models--textbook--tiny");
        assertThat(folder).isEqualTo(repository.resolve("snapshots").resolve(FakeHub.COMMIT));
        assertThat(repository.resolve("refs/main")).hasContent(FakeHub.COMMIT);
        assertThat(Files.readSymbolicLink(folder.resolve(MODEL)))
                .isEqualTo(Path.of("../../blobs/" + FakeHub.sha256(WEIGHTS)));
        assertThat(Files.readSymbolicLink(folder.resolve("config.json")))
                .isEqualTo(Path.of("../../blobs/" + FakeHub.gitBlobId(Fixtures.bytes("tiny-gpt2/config.json"))));
        assertThat(cache.resolve(".locks/models--textbook--tiny/" + FakeHub.sha256(WEIGHTS) + ".lock")).exists();
        assertThat(repository.resolve("blobs")).isDirectoryNotContaining("glob:**.incomplete");
    }

    @Test
    void whatIsHereIsNotFetchedAgain() {
        fetch();
        fake.hubRequests().clear();
        fake.storeRequests().clear();

        fetch();

        assertThat(fake.hubRequests()).extracting(FakeHub.Request::path)
                .containsExactly("/api/models/textbook/tiny/revision/main");
        assertThat(fake.storeRequests()).isEmpty();
    }

    @Test
    void aCommitThatIsHereNeedsNobodyToBeAsked() {
        HubReference commit = HubReference.parse("hf:" + FakeHub.REPOSITORY + "@" + FakeHub.COMMIT);
        Path first = hub().fetch(commit, DownloadListener.NONE);
        fake.hubRequests().clear();

        assertThat(hub().fetch(commit, DownloadListener.NONE)).isEqualTo(first);
        assertThat(fake.hubRequests()).isEmpty();
    }

    @Test
    void shardsComeWithTheirIndex() throws IOException {
        byte[] index = "{\"weight_map\": {}}".getBytes(StandardCharsets.UTF_8);
        fake.without(MODEL)
                .with("model-00001-of-00002.safetensors", WEIGHTS)
                .with("model-00002-of-00002.safetensors", "second".getBytes(StandardCharsets.UTF_8))
                .with("model.safetensors.index.json", index);

        Path folder = fetch();

        assertThat(folder.resolve("model-00001-of-00002.safetensors")).hasBinaryContent(WEIGHTS);
        assertThat(folder.resolve("model-00002-of-00002.safetensors")).hasContent("second");
        assertThat(folder.resolve("model.safetensors.index.json")).hasBinaryContent(index);
    }

    @Test
    void theTokenIsShownToTheHubAndToNobodyElse() {
        hub(Optional.of("hf_secret"), Duration.ofSeconds(30)).fetch(REFERENCE, DownloadListener.NONE);

        assertThat(fake.hubRequests()).extracting(FakeHub.Request::authorization)
                .containsOnly(Optional.of("Bearer hf_secret"));
        assertThat(fake.storeRequests()).isNotEmpty().extracting(FakeHub.Request::authorization)
                .containsOnly(Optional.empty());
    }

    @Test
    void aRenamedRepositoryIsFollowed() {
        fake.once("GET /api/models/old/name/", FakeHub.status(
                307, "Location", "/api/models/" + FakeHub.REPOSITORY + "/revision/main"));
        String resolve = "/resolve/" + FakeHub.COMMIT + "/";
        for (String name : List.of("config.json", "tokenizer.json", "generation_config.json", MODEL)) {
            for (String method : List.of("HEAD", "GET")) {
                fake.once(method + " /old/name" + resolve + name, FakeHub.status(
                        307, "Location", "/" + FakeHub.REPOSITORY + resolve + name));
            }
        }

        Path folder = hub().fetch(HubReference.parse("hf:old/name"), DownloadListener.NONE);

        assertThat(folder.resolve(MODEL)).hasBinaryContent(WEIGHTS);
        assertThat(folder).startsWith(cache.resolve("models--old--name"));
    }

    @Test
    void aCutConnectionIsResumedWhereItBroke() {
        int cut = WEIGHTS.length / 3;
        fake.once("GET " + fake.stored(MODEL), exchange -> {
            exchange.sendResponseHeaders(200, WEIGHTS.length);
            exchange.getResponseBody().write(WEIGHTS, 0, cut);
            exchange.getResponseBody().flush();
        });

        assertThat(fetch().resolve(MODEL)).hasBinaryContent(WEIGHTS);
        assertThat(fake.storeRequests()).hasSize(2);
        String resumed = fake.storeRequests().get(1).range().orElseThrow(); // Java's client may drop what it has and has not handed on
        assertThat(Integer.parseInt(resumed.replaceAll("\\D", ""))).isBetween(1, cut);
        assertThat(pauses).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void aListThatFallsSilentIsAskedForAgain() {
        CountDownLatch over = new CountDownLatch(1);
        fake.once("GET /api/models/", exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write("{\"sha\": \"".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        Path folder = hub(Optional.empty(), Duration.ofSeconds(1)).fetch(REFERENCE, DownloadListener.NONE);
        over.countDown();

        assertThat(folder.resolve(MODEL)).hasBinaryContent(WEIGHTS);
        assertThat(fake.hubRequests()).filteredOn(request -> request.path().startsWith("/api/")).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void aConnectionThatFallsSilentIsGivenUpAndResumed() {
        CountDownLatch over = new CountDownLatch(1);
        fake.once("GET " + fake.stored(MODEL), exchange -> {
            exchange.sendResponseHeaders(200, WEIGHTS.length);
            exchange.getResponseBody().write(WEIGHTS, 0, 1_000);
            exchange.getResponseBody().flush();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        Path folder = hub(Optional.empty(), Duration.ofMillis(200)).fetch(REFERENCE, DownloadListener.NONE);
        over.countDown();

        assertThat(folder.resolve(MODEL)).hasBinaryContent(WEIGHTS);
        assertThat(fake.storeRequests()).extracting(FakeHub.Request::range)
                .containsExactly(Optional.empty(), Optional.of("bytes=1000-"));
    }

    @Test
    void whatAnEarlierProcessLeftIsContinued() throws IOException {
        leave(Arrays.copyOf(WEIGHTS, 5_000));

        assertThat(fetch().resolve(MODEL)).hasBinaryContent(WEIGHTS);
        assertThat(fake.storeRequests()).extracting(FakeHub.Request::range)
                .containsExactly(Optional.of("bytes=5000-"));
    }

    @Test
    void aServerThatIgnoresTheRangeSendsTheWholeFileAgain() throws IOException {
        leave(Arrays.copyOf(WEIGHTS, 5_000));
        fake.once("GET " + fake.stored(MODEL), exchange -> FakeHub.send(exchange, WEIGHTS, 0));

        assertThat(fetch().resolve(MODEL)).hasBinaryContent(WEIGHTS);
    }

    @Test
    void aServerThatSendsAnotherRangeIsAskedAgain() throws IOException {
        leave(Arrays.copyOf(WEIGHTS, 5_000));
        fake.once("GET " + fake.stored(MODEL), exchange -> FakeHub.send(exchange, WEIGHTS, 4_000));

        assertThat(fetch().resolve(MODEL)).hasBinaryContent(WEIGHTS);
        assertThat(pauses).hasSize(1);
    }

    @Test
    void damagedRemainsAreThrownAwayAndFetchedAfresh() throws IOException {
        leave(new byte[5_000]);

        assertThat(fetch().resolve(MODEL)).hasBinaryContent(WEIGHTS);
        assertThat(fake.storeRequests()).extracting(FakeHub.Request::range)
                .containsExactly(Optional.of("bytes=5000-"), Optional.empty());
    }

    private void leave(byte[] incomplete) throws IOException {
        Path blobs = Files.createDirectories(cache.resolve("models--textbook--tiny/blobs"));
        Files.write(blobs.resolve(FakeHub.sha256(WEIGHTS) + ".incomplete"), incomplete);
    }

    @Test
    void aBusyServerIsAskedAgainWithGrowingPauses() {
        fake.times(2, "GET /api/models/", FakeHub.status(503));
        fake.once("HEAD /", FakeHub.status(500));
        fake.once("GET " + fake.stored(MODEL), FakeHub.status(502));

        assertThat(fetch().resolve(MODEL)).hasBinaryContent(WEIGHTS);
        assertThat(pauses).containsExactly(
                Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    @Test
    void aServerThatNamesATimeIsAskedAgainThen() {
        fake.once("GET /api/models/", FakeHub.status(429, "Retry-After", "17"));

        fetch();

        assertThat(pauses).containsExactly(Duration.ofSeconds(17));
    }

    @Test
    void progressTellsOfEveryFileUpToItsEnd() throws IOException {
        leave(Arrays.copyOf(WEIGHTS, 5_000));
        List<Long> bytes = new ArrayList<>();
        hub().fetch(REFERENCE, new DownloadListener() {
            @Override
            public void progress(String file, long done, long of) {
                if (file.equals(MODEL)) {
                    assertThat(of).isEqualTo(WEIGHTS.length);
                    bytes.add(done);
                }
            }

            @Override
            public void waiting(String file) {
                throw new AssertionError("no other process is downloading " + file);
            }
        });

        assertThat(bytes).isSorted().last().isEqualTo((long) WEIGHTS.length);
        assertThat(bytes.get(0)).isGreaterThan(5_000);
    }

    @Test
    void twoThatWantTheSameModelFetchItOnce() {
        CountDownLatch bothAreHere = new CountDownLatch(1);
        fake.once("GET " + fake.stored(MODEL), exchange -> {
            try {
                bothAreHere.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            FakeHub.send(exchange, WEIGHTS, 0);
        });
        DownloadListener listener = new DownloadListener() {
            @Override
            public void progress(String file, long bytes, long of) {}

            @Override
            public void waiting(String file) {
                if (file.equals(MODEL)) {
                    bothAreHere.countDown();
                }
            }
        };

        CompletableFuture<Path> first = CompletableFuture.supplyAsync(() -> hub().fetch(REFERENCE, listener));
        CompletableFuture<Path> second = CompletableFuture.supplyAsync(() -> hub().fetch(REFERENCE, listener));

        assertThat(first.join()).isEqualTo(second.join());
        assertThat(first.join().resolve(MODEL)).hasBinaryContent(WEIGHTS);
        assertThat(fake.storeRequests()).hasSize(1);
    }
}
