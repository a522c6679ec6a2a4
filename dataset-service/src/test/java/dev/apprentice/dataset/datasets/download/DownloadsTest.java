package dev.apprentice.dataset.datasets.download;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.apprentice.dataset.DatasetSettings;
import dev.apprentice.model.hub.HubSettings;
import dev.apprentice.service.storage.ObjectStorage;
import dev.apprentice.service.storage.StorageSettings;
import dev.apprentice.testkit.BadConnection.Fault;
import dev.apprentice.testkit.FakeHub;
import dev.apprentice.testkit.S3Server;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadsTest {

    @RegisterExtension
    static final WireMockExtension SERVER =
            WireMockExtension.newInstance().options(options().dynamicPort().bindAddress("127.0.0.1")).build();

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "127.0.0.1.", "LOCALHOST"})
    void fetchesNothingFromThisMachine(String host) {
        SERVER.stubFor(get(anyUrl()).willReturn(ok("secret")));
        Downloads downloads = new Downloads(settings(), noStore());
        String open = "http://" + host + ":" + SERVER.getPort() + "/data.json";
        assertThatExceptionOfType(DownloadException.class)
                .isThrownBy(() -> downloads.fetch(open, "", DownloadsTest::bytes))
                .withMessageStartingWith("'" + open + "' ");
        SERVER.verify(0, getRequestedFor(anyUrl()));
    }

    @Test
    void saysOneThingOfPortsThatAreOpenAndClosed() {
        Downloads downloads = new Downloads(settings(), noStore());
        assertThat(List.of(SERVER.getPort(), 1)).allSatisfy(port -> assertThatExceptionOfType(DownloadException.class)
                .isThrownBy(() -> downloads.fetch("http://127.0.0.1:" + port + "/", "", DownloadsTest::bytes))
                .withMessage("'http://127.0.0.1:" + port + "/' is not fetched, because it leads to an address that is not public;"
                        + " send the data itself, or set apprentice.dataset.download.allow-private-addresses=true there."));
    }

    @Test
    void checksEachRedirect() {
        SERVER.stubFor(get("/moved").willReturn(temporaryRedirect("http://inside.example:" + SERVER.getPort() + "/secret")));
        SERVER.stubFor(get("/secret").willReturn(ok("secret")));
        Downloads downloads = new Downloads(settings(), noStore(), only("outside.example"), DownloadsTest::noHub);
        assertThatExceptionOfType(DownloadException.class)
                .isThrownBy(() -> downloads.fetch(
                        "http://outside.example:" + SERVER.getPort() + "/moved", "", DownloadsTest::bytes))
                .withMessageContaining("leads to an address that is not public");
        SERVER.verify(1, getRequestedFor(urlEqualTo("/moved")));
        SERVER.verify(0, getRequestedFor(urlEqualTo("/secret")));
    }

    @Test
    void connectsToTheAddressThatWasChecked() throws IOException {
        SERVER.stubFor(get("/data").willReturn(ok("data")));
        Deque<String> answers = new ArrayDeque<>(List.of("127.0.0.1", "127.0.0.2")); // a name that resolves differently the second time
        Downloads downloads = new Downloads(settings(), noStore(), new PublicAddresses(
                names(host -> InetAddress.getByName(answers.remove())), address -> address.getHostAddress().equals("127.0.0.1")),
                DownloadsTest::noHub);
        assertThat(downloads.fetch("http://turning.example:" + SERVER.getPort() + "/data", "", DownloadsTest::bytes))
                .asString().isEqualTo("data");
        assertThat(answers).containsExactly("127.0.0.2");
    }

    @Test
    void goesThroughTheProxyOfJavasSettingsToNamesThatArePublic() throws IOException {
        SERVER.stubFor(get("/data").willReturn(ok("data")));
        SERVER.stubFor(get("/moved").willReturn(temporaryRedirect("http://inside.example/secret")));
        ProxySelector usual = ProxySelector.getDefault();
        ProxySelector.setDefault(ProxySelector.of(new InetSocketAddress("localhost", SERVER.getPort())));
        try {
            Downloads downloads = new Downloads(settings(), noStore(), only("outside.example"), DownloadsTest::noHub);
            assertThat(downloads.fetch("http://outside.example/data", "", DownloadsTest::bytes)).asString().isEqualTo("data");
            for (String inside : List.of("http://inside.example/data", "http://outside.example/moved", "http://localhost/data")) {
                assertThatExceptionOfType(DownloadException.class)
                        .isThrownBy(() -> downloads.fetch(inside, "", DownloadsTest::bytes))
                        .withMessageStartingWith("'" + inside + "' is not fetched, because it leads to an address that is not public");
            }
        } finally {
            ProxySelector.setDefault(usual);
        }
        SERVER.verify(1, getRequestedFor(urlEqualTo("/data")));
        SERVER.verify(0, getRequestedFor(urlEqualTo("/secret")));
    }

    @Test
    void ofADatasetOnTheHubThatIsTooLargeTheRestIsNotFetched(@TempDir Path cache) throws IOException {
        try (FakeHub hub = new FakeHub().with("data/train-00000-of-00003.parquet", new byte[] {1, 2})
                .with("data/train-00001-of-00003.parquet", new byte[] {3, 4}).with("data/train-00002-of-00003.parquet", new byte[] {5, 6})) {
            Downloads tight = new Downloads(settings("apprentice.dataset.max-size", "2"), noStore(), only(""),
                    () -> new HubSettings(hub.endpoint(), Optional.empty(), cache, false));
            assertThatExceptionOfType(TooLargeException.class)
                    .isThrownBy(() -> tight.fetch("hf:" + FakeHub.REPOSITORY, "", DownloadsTest::bytes))
                    .withMessage("The data is larger than 2 bytes; split it, or set apprentice.dataset.max-size.");
            assertThat(hub.hubRequests()).filteredOn(request -> request.method().equals("GET") && request.path().endsWith(".parquet")).hasSize(2);
        }
    }

    @Test
    void ofADatasetOnTheHubTheFilesOfOneSplitAreHandedOn(@TempDir Path cache) throws IOException {
        try (FakeHub hub = new FakeHub().with("data/test-00000-of-00002.parquet", new byte[] {1, 2})
                .with("data/test-00001-of-00002.parquet", new byte[] {3}).with("data/train-00000-of-00001.parquet", new byte[] {4})) {
            Downloads downloads = new Downloads(settings(), noStore(), only(""), () -> new HubSettings(hub.endpoint(), Optional.empty(), cache, false));

            assertThat(downloads.fetch("hf:" + FakeHub.REPOSITORY + ":test", "", DownloadsTest::bytes)).containsExactly(1, 2, 3);
            assertThatExceptionOfType(DownloadException.class)
                    .isThrownBy(() -> downloads.fetch("hf:" + FakeHub.REPOSITORY + ":dev", "", DownloadsTest::bytes))
                    .withMessage("hf:textbook/tiny has no split 'dev'; it has test, train: name one, as in hf:textbook/tiny:default/test.")
                    .extracting(DownloadException::fault).isEqualTo(DownloadException.Fault.ADDRESS);
            Downloads tight = new Downloads(settings("apprentice.dataset.max-size", "2"), noStore(), only(""),
                    () -> new HubSettings(hub.endpoint(), Optional.empty(), cache, false));
            assertThatExceptionOfType(TooLargeException.class)
                    .isThrownBy(() -> tight.fetch("hf:" + FakeHub.REPOSITORY + ":test", "", DownloadsTest::bytes));
        }
        Downloads alone = new Downloads(settings(), noStore(), only(""), DownloadsTest::noHub);
        assertThatExceptionOfType(DownloadException.class)
                .isThrownBy(() -> alone.fetch("hf:" + FakeHub.REPOSITORY, "", DownloadsTest::bytes))
                .extracting(DownloadException::fault).isEqualTo(DownloadException.Fault.SERVER);
    }

    @Test
    void ofAnObjectStoreAFileOrAFolderIsHandedOnWhereThatIsAllowed() throws IOException {
        try (S3Server server = new S3Server()) {
            server.put("data/a.jsonl", new byte[] {1, 2});
            server.put("data/b.jsonl", new byte[] {3});
            server.put("private/c.jsonl", new byte[] {4});
            String data = "s3://" + S3Server.BUCKET + "/data";
            DatasetSettings settings = settings("apprentice.dataset.download.stores", data, "apprentice.dataset.max-size", "3");
            ObjectStorage storage = new ObjectStorage(new StoreSettings(Optional.of(server.endpoint())));
            Downloads downloads = new Downloads(settings, new StoredData(settings, storage));

            assertThat(downloads.fetch(data + "/b.jsonl", "", DownloadsTest::bytes)).containsExactly(3);
            server.connection().spoil(Fault.STATUS_500, Fault.CUT);
            assertThat(downloads.fetch(data, "", DownloadsTest::bytes)).containsExactly(1, 2, 3);

            server.put("data/d.jsonl", new byte[] {5});
            assertThatExceptionOfType(TooLargeException.class).isThrownBy(() -> downloads.fetch(data, "", DownloadsTest::bytes));
            for (String outside : List.of("s3://" + S3Server.BUCKET + "/private/c.jsonl", data + "base/a", "s3://other-bucket/data")) {
                assertThatExceptionOfType(DownloadException.class)
                        .isThrownBy(() -> downloads.fetch(outside, "", DownloadsTest::bytes))
                        .withMessage("'" + outside + "' lies outside the stores that data is read from; set"
                                + " apprentice.dataset.download.stores to an s3: URI that it lies in, or send the data itself.");
            }
            assertThatExceptionOfType(DownloadException.class)
                    .isThrownBy(() -> downloads.fetch(data + "/none", "", DownloadsTest::bytes))
                    .withMessage("'" + data + "/none' names no file and no folder with files; check it.");
            server.connection().goAway();
            assertThatExceptionOfType(DownloadException.class)
                    .isThrownBy(() -> downloads.fetch(data + "/b.jsonl", "", DownloadsTest::bytes))
                    .withMessageStartingWith(data + "/b.jsonl cannot be reached")
                    .extracting(DownloadException::fault).isEqualTo(DownloadException.Fault.SERVER);
        }
    }

    private record StoreSettings(Optional<URI> endpoint) implements StorageSettings {

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(5);
        }

        @Override
        public Path cache() {
            return Path.of("unused");
        }

        @Override
        public long cacheMegabytes() {
            return 1;
        }
    }

    private static StoredData noStore() {
        return new StoredData(settings(), new ObjectStorage(new StoreSettings(Optional.empty())));
    }

    private static byte[] bytes(Incoming data) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        if (data instanceof Incoming.File file) {
            file.bytes().transferTo(all);
        } else if (data instanceof Incoming.Folder folder) {
            for (Path file : folder.files().values()) {
                Files.copy(file, all);
            }
        }
        return all.toByteArray();
    }

    private static HubSettings noHub() {
        return new HubSettings(URI.create("http://127.0.0.1:1"), Optional.empty(), Path.of("no-cache"), false);
    }

    /** Resolves all names to this machine; the address of this name counts as public. */
    private static PublicAddresses only(String host) {
        return new PublicAddresses(
                names(name -> InetAddress.getByAddress(name, new byte[] {127, 0, 0, 1})),
                address -> address.getHostName().equals(host));
    }

    private interface Name {

        InetAddress address(String host) throws UnknownHostException;
    }

    private static DnsResolver names(Name name) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                return new InetAddress[] {name.address(host)};
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }

    private static DatasetSettings settings(String... also) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder();
        for (int i = 0; i < also.length; i += 2) {
            builder.withDefaultValue(also[i], also[i + 1]);
        }
        return builder
                .addDiscoveredConverters()
                .withMapping(DatasetSettings.class)
                .withDefaultValue("user.home", "/home/any")
                .addDefaultInterceptors()
                .build()
                .getConfigMapping(DatasetSettings.class);
    }
}
