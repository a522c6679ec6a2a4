package dev.apprentice.model.hub;

import dev.apprentice.model.hub.retry.RetryAfter;
import dev.apprentice.model.hub.retry.TransientFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Sends requests to the hub and to the stores it redirects to. Redirects are followed here, so that only the hub receives the
 * token.
 */
final class HubHttp {

    private static final int MAX_REDIRECTS = 10;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> TRANSIENT = Set.of(408, 429, 500, 502, 503, 504);

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private final HubSettings settings;

    HubHttp(HubSettings settings) {
        this.settings = settings;
    }

    /**
     * Sends a request and follows redirects as long as {@code follow} accepts them.
     *
     * @param method GET or HEAD
     * @param from offset of the first byte to request, 0 for all
     * @param follow whether to follow a redirect, or to return it as the response
     * @throws TransientFailure if the server cannot answer now
     */
    HttpResponse<InputStream> send(String method, URI uri, long from, Predicate<HttpResponse<?>> follow)
            throws IOException, InterruptedException {
        URI target = uri;
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            HttpResponse<InputStream> response =
                    client.send(request(method, target, from), HttpResponse.BodyHandlers.ofInputStream());
            Optional<String> location = response.headers().firstValue("Location");
            if (REDIRECTS.contains(response.statusCode()) && location.isPresent() && follow.test(response)) {
                response.body().close();
                target = target.resolve(location.get());
                continue;
            }
            if (TRANSIENT.contains(response.statusCode())) {
                response.body().close();
                throw new TransientFailure(
                        target.getHost() + " answers with status " + response.statusCode(),
                        response.statusCode(),
                        response.headers()
                                .firstValue("Retry-After")
                                .flatMap(value -> RetryAfter.parse(value, response.headers().firstValue("Date"))));
            }
            return response;
        }
        throw new IOException(uri + " redirects more than " + MAX_REDIRECTS + " times");
    }

    private HttpRequest request(String method, URI uri, long from) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(ANSWER_TIMEOUT)
                .header("User-Agent", "apprentice")
                .header("Accept-Encoding", "identity");
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        settings.token()
                .filter(token -> isHub(uri))
                .ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request.build();
    }

    private boolean isHub(URI uri) {
        URI hub = settings.endpoint();
        return hub.getScheme().equalsIgnoreCase(uri.getScheme())
                && hub.getAuthority().equalsIgnoreCase(uri.getAuthority());
    }
}
