package dev.apprentice.service.http;

import dev.apprentice.service.http.ClientQuota.Excess;
import dev.apprentice.service.http.ClientQuota.Kind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Limits the requests of each client that cost something: everything that is posted, such as a question, a run, data or a
 * judgement. A client is identified by its sign-in, or else by its address.
 *
 * <p>It checks before any thread waits for a body, so slow senders leave threads free for everything else, above all for health.
 */
@ApplicationScoped
class ClientLimits {

    /** Priority of the filter: after sign-in, before routes. */
    private static final int BEFORE_ROUTES = 90;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Set<HttpMethod> FREE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final HttpSettings.PerClient settings;
    private final ClientQuota quota;
    private final Map<Kind, Counter> refused = new EnumMap<>(Kind.class);

    ClientLimits(HttpSettings settings, MeterRegistry metrics) {
        this.settings = settings.perClient();
        this.quota = new ClientQuota(this.settings.atOnce(), this.settings.aMinute(), System::nanoTime);
        for (Kind kind : Kind.values()) {
            refused.put(kind, Counter.builder("apprentice.http.requests.refused")
                    .description("Requests refused because a client has too many open or sent too many within a minute")
                    .tag("limit", kind.name().toLowerCase(Locale.ROOT))
                    .register(metrics));
        }
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, BEFORE_ROUTES);
    }

    private void admit(RoutingContext exchange) {
        if (FREE.contains(exchange.request().method())) {
            exchange.next();
            return;
        }
        String client = client(exchange);
        quota.enter(client).ifPresentOrElse(excess -> refuse(exchange, excess), () -> {
            exchange.addEndHandler(ended -> quota.leave(client));
            exchange.next();
        });
    }

    private static String client(RoutingContext exchange) {
        return exchange.user() instanceof QuarkusHttpUser user && !user.getSecurityIdentity().isAnonymous()
                ? "caller " + user.getSecurityIdentity().getPrincipal().getName()
                : "address " + exchange.request().remoteAddress().hostAddress();
    }

    /** Answers 429 without reading the body, and then closes the connection. */
    private void refuse(RoutingContext exchange, Excess excess) {
        refused.get(excess.kind()).increment();
        String reason = excess.kind() == Kind.OPEN
                ? "you have %d open requests (apprentice.http.per-client.at-once)".formatted(settings.atOnce())
                : "you have sent %d requests within a minute (apprentice.http.per-client.a-minute)".formatted(settings.aMinute());
        long seconds = excess.after().toSeconds();
        JsonObject problem = new JsonObject()
                .put("status", TOO_MANY_REQUESTS)
                .put("title", "Too many requests")
                .put("detail", "%s; try again in %d s.".formatted(reason, seconds));
        exchange.response()
                .setStatusCode(TOO_MANY_REQUESTS)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(seconds))
                .putHeader(HttpHeaders.CONNECTION, "close")
                .end(problem.encode())
                .onComplete(sent -> exchange.request().connection().close());
    }
}
