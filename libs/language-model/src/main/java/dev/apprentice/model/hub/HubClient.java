package dev.apprentice.model.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.hub.retry.RetryPolicy;
import dev.apprentice.model.hub.retry.StallGuard;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The hub's protocol: the files of a repository, their metadata, and their bytes.
 *
 * @see <a href="https://huggingface.co/docs/hub/api">the hub's API</a>
 */
final class HubClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LINKED_ETAG = "X-Linked-Etag";
    private static final String LINKED_SIZE = "X-Linked-Size";
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern SAFE_ETAG = Pattern.compile("[A-Za-z0-9-]{1,128}");

    private final HubSettings settings;
    private final HubHttp http;
    private final RetryPolicy retries;
    private final Duration stall;

    /** @param stall how long a response may be silent */
    HubClient(HubSettings settings, RetryPolicy retries, Duration stall) {
        this.stall = stall;
        this.settings = settings;
        this.http = new HubHttp(settings);
        this.retries = retries;
    }

    /**
     * Requests the list of a repository's files.
     *
     * @throws ConnectException at once, without a retry, if there is no server
     * @throws ModelException if the hub refuses
     */
    HubListing listing(HubReference reference) throws IOException, InterruptedException {
        URI uri = URI.create(settings.endpoint() + "/api/" + reference.kind().plural() + "/" + reference.repository() + "/revision/"
                + encoded(reference.revision()));
        for (int failures = 1; ; failures++) {
            try {
                return readListing(reference, http.send("GET", uri, 0, response -> true));
            } catch (ConnectException | HttpConnectTimeoutException e) {
                throw e;
            } catch (IOException e) {
                retries.after(failures, e);
            }
        }
    }

    private HubListing readListing(HubReference reference, HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = response.body(); StallGuard guard = new StallGuard(body, stall)) {
            if (response.statusCode() != 200) {
                throw HubErrors.of(reference, settings, response);
            }
            JsonNode json = read(body, guard);
            List<String> files = new ArrayList<>();
            json.path("siblings").forEach(file -> files.add(file.path("rfilename").asText()));
            String commit = json.path("sha").asText();
            if (!COMMIT.matcher(commit).matches()) {
                throw notAHub(response);
            }
            return new HubListing(commit, files);
        } catch (JsonEOFException e) {
            throw new IOException(response.uri() + " was cut within its answer", e);
        } catch (JsonProcessingException e) {
            throw notAHub(response);
        }
    }

    private static JsonNode read(InputStream body, StallGuard guard) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw guard.reason(e);
        }
    }

    private ModelException notAHub(HttpResponse<?> response) {
        return new ModelException("the response of " + response.uri() + " is not that of a Hugging Face hub; check HF_ENDPOINT and the"
                + " proxy, if there is one");
    }

    /** Requests a file's metadata. The first response with it is used; for files in a store, that is the redirect. */
    HubFile metadata(HubReference reference, String commit, String name) throws IOException, InterruptedException {
        for (int failures = 1; ; failures++) {
            try {
                HttpResponse<InputStream> response = http.send(
                        "HEAD",
                        location(reference, commit, name),
                        0,
                        redirect -> !describesItsTarget(redirect));
                response.body().close();
                return readMetadata(reference, commit, name, response);
            } catch (IOException e) {
                retries.after(failures, e);
            }
        }
    }

    private static boolean describesItsTarget(HttpResponse<?> redirect) {
        return redirect.headers().firstValue(LINKED_ETAG).isPresent()
                && redirect.headers().firstValue(LINKED_SIZE).isPresent();
    }

    private HubFile readMetadata(HubReference reference, String commit, String name, HttpResponse<?> response) {
        if (response.statusCode() >= 400) {
            throw HubErrors.of(reference, settings, response);
        }
        String etag = response.headers()
                .firstValue(LINKED_ETAG)
                .or(() -> response.headers().firstValue("ETag"))
                .map(value -> value.replaceFirst("^W/", "").replace("\"", ""))
                .filter(value -> SAFE_ETAG.matcher(value).matches())
                .orElseThrow(() -> notAHub(response));
        long size = response.headers()
                .firstValueAsLong(LINKED_SIZE)
                .orElseGet(() -> response.headers()
                        .firstValueAsLong("Content-Length")
                        .orElseThrow(() -> notAHub(response)));
        return new HubFile(reference, commit, name, etag, size);
    }

    /**
     * Makes one attempt to request a file's bytes. The caller closes the body. Every attempt asks the hub again, because links
     * expire.
     */
    HttpResponse<InputStream> content(HubFile file, long from) throws IOException, InterruptedException {
        return http.send("GET", location(file.reference(), file.commit(), file.name()), from, response -> true);
    }

    /** Returns the error for a refused request of this file's bytes. */
    ModelException refusal(HubFile file, HttpResponse<?> response) {
        return HubErrors.of(file.reference(), settings, response);
    }

    private URI location(HubReference reference, String commit, String name) {
        String path = Arrays.stream(name.split("/")).map(HubClient::encoded).collect(Collectors.joining("/"));
        return URI.create(settings.endpoint() + "/" + reference.path() + "/resolve/" + commit + "/" + path);
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
