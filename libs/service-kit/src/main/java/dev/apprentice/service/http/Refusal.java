package dev.apprentice.service.http;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/**
 * Why a request is refused, as a problem document (RFC 9457).
 *
 * @param detail a sentence that says what to do
 */
record Refusal(int status, String title, String detail) {

    /**
     * How long the connection stays open after the answer, in milliseconds. A client that is still sending can read the answer in
     * that time; with an immediate close it would see a broken connection.
     */
    private static final long LINGER_MS = 1_000;

    private static final int TOO_LARGE = 413;

    /**
     * Returns the refusal of a body that is too large.
     *
     * @param fact a clause that says what exceeds which limit
     */
    static Refusal tooLarge(String fact) {
        return new Refusal(TOO_LARGE, "Too large", "%s (%s); send a smaller body.".formatted(fact, BodyLimit.KEY));
    }

    /** Sends the answer, and discards the rest of the body. */
    void answer(RoutingContext exchange) {
        JsonObject problem = new JsonObject().put("status", status).put("title", title).put("detail", detail);
        exchange.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("Connection", "close")
                .end(problem.encode());
        exchange.request().resume();
        closeSoon(exchange);
    }

    /** Closes the connection of a refused client soon, even if the client keeps sending. */
    static void closeSoon(RoutingContext exchange) {
        exchange.vertx().setTimer(LINGER_MS, passed -> exchange.request().connection().close());
    }
}
