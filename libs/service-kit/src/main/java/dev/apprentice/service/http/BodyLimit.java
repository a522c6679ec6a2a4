package dev.apprentice.service.http;

import dev.apprentice.service.files.LimitedInputStream;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses a chunked body, whose length is unknown in advance, once it exceeds the limit while it is read. Quarkus would answer
 * 413 without a body, and log it as an error of the service.
 */
@ApplicationScoped
public class BodyLimit {

    static final String KEY = "quarkus.http.limits.max-body-size";

    /** Priority of the filter: right after Quarkus has put its limit into the exchange, and before any reader looks for it. */
    private static final int AFTER_QUARKUS_LIMIT = -(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT + 1);

    private final long mostBytes;

    BodyLimit(@ConfigProperty(name = KEY, defaultValue = "10M") MemorySize mostBytes) {
        this.mostBytes = mostBytes.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::takeOver, AFTER_QUARKUS_LIMIT);
    }

    private void takeOver(RoutingContext exchange) {
        if (isChunked(exchange)) {
            exchange.remove(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY);
        }
        exchange.next();
    }

    @ServerRequestFilter
    public void hold(ContainerRequestContext request, RoutingContext exchange) {
        if (isChunked(exchange)) {
            InputStream body = request.getEntityStream();
            request.setEntityStream(new LimitedInputStream(body, mostBytes, () -> {
                Refusal.closeSoon(exchange);
                throw tooLarge();
            }));
        }
    }

    private static boolean isChunked(RoutingContext exchange) {
        return exchange.request().getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    private HttpProblem tooLarge() {
        Refusal refusal = Refusal.tooLarge("The body exceeds the limit of %d bytes".formatted(mostBytes));
        return HttpProblem.builder()
                .withStatus(Status.fromStatusCode(refusal.status()))
                .withTitle(refusal.title())
                .withDetail(refusal.detail())
                .withHeader("Connection", "close")
                .build();
    }
}
