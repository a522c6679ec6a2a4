package dev.apprentice.dataset.api;

import dev.apprentice.dataset.DatasetSettings;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/**
 * Refuses a body before any thread waits for it where too many are being sent already, so that senders who are slow leave
 * threads for everything else, health above all.
 */
@ApplicationScoped
class UploadLimits {

    private static final int BEFORE_ROUTES = 100;
    private static final int SERVICE_UNAVAILABLE = 503;

    private final UploadGate gate;

    UploadLimits(DatasetSettings settings) {
        this.gate = new UploadGate(settings.upload().atOnce(), settings.upload().perClient());
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, BEFORE_ROUTES);
    }

    private void admit(RoutingContext request) {
        if (request.request().method() != HttpMethod.POST) {
            request.next();
            return;
        }
        String client = request.request().remoteAddress().hostAddress();
        Optional<String> refusal = gate.enter(client);
        if (refusal.isPresent()) {
            refuse(request, refusal.get());
        } else {
            request.addEndHandler(ended -> gate.leave(client));
            request.next();
        }
    }

    /** The body is not read: the connection ends with the answer. */
    private static void refuse(RoutingContext request, String reason) {
        JsonObject problem = new JsonObject()
                .put("status", SERVICE_UNAVAILABLE)
                .put("title", "Too many senders")
                .put("detail", reason + "; send again in a second.");
        request.response()
                .setStatusCode(SERVICE_UNAVAILABLE)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .putHeader(HttpHeaders.RETRY_AFTER, "1")
                .putHeader(HttpHeaders.CONNECTION, "close")
                .end(problem.encode())
                .onComplete(sent -> request.request().connection().close());
    }
}
