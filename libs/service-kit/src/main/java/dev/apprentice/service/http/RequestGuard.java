package dev.apprentice.service.http;

import static dev.apprentice.contracts.Require.shown;

import dev.apprentice.service.kafka.PatientMessaging;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses requests that no legitimate client sends, before a service's code sees them.
 *
 * <p>A web page can send requests to a service on its visitor's machine. It uses the service's name (cross-site request forgery),
 * or its own name, which it makes resolve to that machine (DNS rebinding). So a request must use an allowed host name, and must
 * not come from a page of another origin. A body must have a type for which browsers send a preflight request.
 */
@ApplicationScoped
class RequestGuard {

    /** Priority of the filter: before all others. */
    private static final int PRIORITY = 10_000;

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<String> BODY_TYPES = Set.of(
            "application/json", "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonl",
            "text/csv", "text/tab-separated-values", "text/markdown", "text/html", "application/vnd.apache.parquet", "application/gzip",
            "application/x-gzip", "application/zstd", "application/zip");
    private static final String OPERATIONS = "/q/";
    private static final Set<String> FOR_ANY_NAME = Set.of("/q/health", "/q/metrics");

    private final HttpSettings settings;
    private final PatientMessaging messaging;
    private final long mostBytes;
    private final AtomicInteger bodies = new AtomicInteger();

    /** @param mostBytes Quarkus' limit of a body, which Quarkus enforces without a message */
    RequestGuard(
            HttpSettings settings,
            PatientMessaging messaging,
            @ConfigProperty(name = BodyLimit.KEY, defaultValue = "10M") MemorySize mostBytes) {
        this.settings = settings;
        this.messaging = messaging;
        this.mostBytes = mostBytes.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        Optional<Refusal> refusal = refusal(request);
        if (refusal.isPresent()) {
            refusal.get().answer(exchange);
        } else if (!hasBody(request)) {
            exchange.next();
        } else if (bodies.incrementAndGet() > settings.bodiesAtOnce()) {
            bodies.decrementAndGet();
            new Refusal(503, "Busy", "%d other requests are being read just now; send it again in a second"
                    .formatted(settings.bodiesAtOnce())).answer(exchange);
        } else {
            exchange.addEndHandler(ended -> bodies.decrementAndGet());
            exchange.next();
        }
    }

    private Optional<Refusal> refusal(HttpServerRequest request) {
        String host = request.authority() == null ? "" : request.authority().host();
        if (!isKnown(host) && FOR_ANY_NAME.stream().noneMatch(request.path()::startsWith)) {
            return refuse(403, "Unknown host", "'" + host + "' is not a host name of this service; use one of "
                    + String.join(", ", settings.allowedHosts()) + ", or add the name to apprentice.http.allowed-hosts");
        }
        String origin = request.getHeader("Origin");
        if (origin != null && !SAFE.contains(request.method()) && !isOwn(origin, request)) {
            return refuse(403, "Foreign origin", "a page of " + shown(origin) + " may not change anything here");
        }
        if (request.path().contains(";")) {
            return refuse(400, "Invalid path", "The path " + shown(request.path()) + " holds ';', which no name may; leave it out.");
        }
        if (hasControlCharacter(request.path())) {
            return refuse(400, "Invalid path", "The path " + shown(request.path()) + " holds a control character, which no name may.");
        }
        if (hasBody(request) && !hasKnownType(request)) {
            String type = request.getHeader("Content-Type");
            return refuse(415, "Not JSON", (type == null ? "The body has no Content-Type" : "The body's Content-Type is " + shown(type))
                    + "; send JSON as application/json, JSON Lines as application/x-ndjson, and other files with their own type, such as"
                    + " text/csv, where the endpoint takes them.");
        }
        if (length(request) > mostBytes) {
            return Optional.of(Refusal.tooLarge(
                    "The body has %d bytes, and this service takes %d at most".formatted(length(request), mostBytes)));
        }
        return request.path().startsWith(OPERATIONS)
                ? Optional.empty()
                : messaging.missing().flatMap(reason -> refuse(503, "Kafka unavailable", reason));
    }

    private boolean isKnown(String host) {
        return settings.allowedHosts().stream().anyMatch(name -> name.equals("*") || name.equalsIgnoreCase(host));
    }

    private static boolean isOwn(String origin, HttpServerRequest request) {
        return origin.equalsIgnoreCase(request.scheme() + "://" + request.getHeader("Host"));
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return request.getHeader("Transfer-Encoding") != null || length != null && !length.equals("0");
    }

    /** Returns the announced length; 0 if there is none, or if it is no number, which Vert.x refuses. */
    private static long length(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return length != null && length.matches("\\d{1,18}") ? Long.parseLong(length) : 0;
    }

    private static boolean hasKnownType(HttpServerRequest request) {
        String type = request.getHeader("Content-Type");
        return type != null && BODY_TYPES.contains(type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    }

    /** Tells whether a raw path holds a percent-encoded control character. */
    private static boolean hasControlCharacter(String path) {
        for (int at = path.indexOf('%'); at >= 0; at = path.indexOf('%', at + 1)) {
            if (path.startsWith("0", at + 1) || path.startsWith("1", at + 1) || path.regionMatches(true, at + 1, "7f", 0, 2)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Refusal> refuse(int status, String title, String detail) {
        return Optional.of(new Refusal(status, title, detail));
    }
}
