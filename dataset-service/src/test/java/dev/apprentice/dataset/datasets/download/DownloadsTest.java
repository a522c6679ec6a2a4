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
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
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
        Downloads downloads = new Downloads(settings());
        String open = "http://" + host + ":" + SERVER.getPort() + "/data.json";
        assertThatExceptionOfType(DownloadException.class)
                .isThrownBy(() -> downloads.fetch(open, InputStream::readAllBytes))
                .withMessageStartingWith("'" + open + "' ");
        SERVER.verify(0, getRequestedFor(anyUrl()));
    }

    @Test
    void saysOneThingOfPortsThatAreOpenAndClosed() {
        Downloads downloads = new Downloads(settings());
        assertThat(List.of(SERVER.getPort(), 1)).allSatisfy(port -> assertThatExceptionOfType(DownloadException.class)
                .isThrownBy(() -> downloads.fetch("http://127.0.0.1:" + port + "/", InputStream::readAllBytes))
                .withMessage("'http://127.0.0.1:" + port + "/' is not fetched, because it leads to an address that is not public;"
                        + " send the data itself, or set apprentice.dataset.download.allow-private-addresses=true there."));
    }

    @Test
    void checksEachRedirect() {
        SERVER.stubFor(get("/moved").willReturn(temporaryRedirect("http://inside.example:" + SERVER.getPort() + "/secret")));
        SERVER.stubFor(get("/secret").willReturn(ok("secret")));
        Downloads downloads = new Downloads(settings(), only("outside.example"));
        assertThatExceptionOfType(DownloadException.class)
                .isThrownBy(() -> downloads.fetch(
                        "http://outside.example:" + SERVER.getPort() + "/moved", InputStream::readAllBytes))
                .withMessageContaining("leads to an address that is not public");
        SERVER.verify(1, getRequestedFor(urlEqualTo("/moved")));
        SERVER.verify(0, getRequestedFor(urlEqualTo("/secret")));
    }

    @Test
    void connectsToTheAddressThatWasChecked() throws IOException {
        SERVER.stubFor(get("/data").willReturn(ok("data")));
        Deque<String> answers = new ArrayDeque<>(List.of("127.0.0.1", "127.0.0.2")); // a name that leads elsewhere when asked again
        Downloads downloads = new Downloads(settings(), new PublicAddresses(
                names(host -> InetAddress.getByName(answers.remove())), address -> address.getHostAddress().equals("127.0.0.1")));
        assertThat(downloads.fetch("http://turning.example:" + SERVER.getPort() + "/data", InputStream::readAllBytes))
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
            Downloads downloads = new Downloads(settings(), only("outside.example"));
            assertThat(downloads.fetch("http://outside.example/data", InputStream::readAllBytes)).asString().isEqualTo("data");
            for (String inside : List.of("http://inside.example/data", "http://outside.example/moved", "http://localhost/data")) {
                assertThatExceptionOfType(DownloadException.class)
                        .isThrownBy(() -> downloads.fetch(inside, InputStream::readAllBytes))
                        .withMessageStartingWith("'" + inside + "' is not fetched, because it leads to an address that is not public");
            }
        } finally {
            ProxySelector.setDefault(usual);
        }
        SERVER.verify(1, getRequestedFor(urlEqualTo("/data")));
        SERVER.verify(0, getRequestedFor(urlEqualTo("/secret")));
    }

    /** Names all lead here; the one of this name counts as public. */
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

    private static DatasetSettings settings() {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(DatasetSettings.class)
                .withDefaultValue("user.home", "/home/any")
                .addDefaultInterceptors()
                .build()
                .getConfigMapping(DatasetSettings.class);
    }
}
