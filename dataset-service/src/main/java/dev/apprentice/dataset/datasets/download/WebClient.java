package dev.apprentice.dataset.datasets.download;

import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultRedirectStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;

/** Creates the HTTP client for downloads, which sends no credentials. */
final class WebClient {

    private static final int REDIRECTS = 5;

    private WebClient() {}

    /** @param addresses checks the target of each connection, redirects included */
    static CloseableHttpClient of(PublicAddresses addresses, Duration connectTimeout) {
        ProxyRoutes routes = new ProxyRoutes(addresses);
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(routes)
                        .setDefaultConnectionConfig(
                                ConnectionConfig.custom().setConnectTimeout(Timeout.of(connectTimeout)).build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom().setMaxRedirects(REDIRECTS).build())
                .setRoutePlanner(routes)
                .setRedirectStrategy(new NoDowngrade())
                .disableCookieManagement()
                .disableAuthCaching()
                .disableAutomaticRetries()
                .build();
    }

    /** Follows redirects, but not from an encrypted connection to one that is not. */
    private static final class NoDowngrade extends DefaultRedirectStrategy {

        @Override
        public boolean isRedirectAllowed(HttpHost from, HttpHost to, HttpRequest redirect, HttpContext context) {
            return from.getSchemeName().equals(to.getSchemeName()) || to.getSchemeName().equals("https");
        }
    }
}
