package dev.apprentice.dataset.signin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.apprentice.contracts.Json;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/** An OIDC issuer: publishes its configuration, has one key, and returns a viewer's tokens for the code {@link #CODE}. */
public class FakeIssuer implements QuarkusTestResourceLifecycleManager {

    static final String CODE = "the-code-of-the-tests";

    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        answer("/.well-known/openid-configuration", Map.of(
                "issuer", SignedInService.ISSUER,
                "authorization_endpoint", address + "/authorize",
                "token_endpoint", address + "/token",
                "jwks_uri", address + "/keys"));
        answer("/keys", Tokens.keySet());
        server.createContext("/token", exchange -> {
            String form = new String(exchange.getRequestBody().readAllBytes());
            if (form.contains("code=" + CODE)) {
                send(exchange, 200, Map.of(
                        "access_token", Tokens.of("viewer"), "id_token", Tokens.of("viewer"), "token_type", "Bearer", "expires_in", 300));
            } else {
                send(exchange, 400, Map.of("error", "invalid_grant"));
            }
        });
        server.start();
        return Map.of("quarkus.oidc.auth-server-url", address);
    }

    private void answer(String path, Map<String, ?> json) {
        server.createContext(path, exchange -> send(exchange, 200, json));
    }

    private static void send(HttpExchange exchange, int status, Map<String, ?> json) throws IOException {
        byte[] body = Json.MAPPER.writeValueAsBytes(json);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}
