package dev.apprentice.service.http;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Why a request is not taken, as a problem document (RFC 9457). @param detail a sentence with the way out */
record Refusal(int status, String title, String detail) {

    /** For as long a client that still sends can read why it was refused; at once, it would see a broken connection. */
    private static final long LINGER_MS = 1_000;

    private static final int TOO_LARGE = 413;

    /** @param fact what is larger than what */
    static Refusal tooLarge(String fact) {
        return new Refusal(TOO_LARGE, "Too large", "%s (%s); send less at once.".formatted(fact, BodyLimit.KEY));
    }

    /** Answers. What comes of the body is thrown away. */
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

    /** Ends the connection of a client that is being refused, also where it sends on. */
    static void closeSoon(RoutingContext exchange) {
        exchange.vertx().setTimer(LINGER_MS, passed -> exchange.request().connection().close());
    }
}
