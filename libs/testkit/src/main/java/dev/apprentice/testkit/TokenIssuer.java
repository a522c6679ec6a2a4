package dev.apprentice.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * Issues unsigned tokens to a client with the right secret (client credentials, RFC 6749). Kafka's brokers accept such tokens by
 * default.
 */
public final class TokenIssuer implements AutoCloseable {

    /** The client's secret. */
    public static final String SECRET = "its secret";

    private static final String CLIENT = "apprentice";
    private static final String MODULE = "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required";
    private static final int SECONDS = 600;

    private final HttpServer server;

    public TokenIssuer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", TokenIssuer::answer);
        server.start();
    }

    /** Returns settings of a broker that requires tokens from clients, and a password from itself. */
    public static Map<String, String> broker() {
        return Map.of(
                "listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms", "PLAIN,OAUTHBEARER",
                "sasl.mechanism.inter.broker.protocol", "PLAIN",
                "listener.name.plaintext.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"broker\" password=\"own\" user_broker=\"own\";",
                "listener.name.plaintext.oauthbearer.sasl.jaas.config", MODULE + " unsecuredLoginStringClaim_sub=\"broker\";");
    }

    /** Returns settings of a client that gets its token from this issuer, with Strimzi's client. */
    public Map<String, Object> client(String secret) {
        return Map.of(
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "OAUTHBEARER",
                "sasl.login.callback.handler.class", "io.strimzi.kafka.oauth.client.JaasClientOauthLoginCallbackHandler",
                "sasl.jaas.config", MODULE + " oauth.token.endpoint.uri=\"http://127.0.0.1:" + server.getAddress().getPort()
                        + "/token\" oauth.client.id=\"" + CLIENT + "\" oauth.client.secret=\"" + secret
                        + "\" oauth.access.token.is.jwt=\"false\";");
    }

    /** Returns settings of a client with a fixed token, which has expired. */
    public static Map<String, Object> expired() {
        return Map.of(
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "OAUTHBEARER",
                "sasl.login.callback.handler.class", "io.strimzi.kafka.oauth.client.JaasClientOauthLoginCallbackHandler",
                "sasl.jaas.config", MODULE + " oauth.access.token=\"" + token(0) + "\" oauth.access.token.is.jwt=\"false\";");
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String known = "Basic " + Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        boolean right = known.equals(exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] answer = (right
                ? "{\"access_token\":\"" + token(System.currentTimeMillis() / 1000) + "\",\"token_type\":\"Bearer\",\"expires_in\":" + SECONDS + "}"
                : "{\"error\":\"invalid_client\"}").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(right ? 200 : 401, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    /** Returns a token that is valid from then on. @param since in seconds since the epoch */
    private static String token(long since) {
        return encoded("{\"alg\":\"none\"}") + "."
                + encoded("{\"sub\":\"" + CLIENT + "\",\"iat\":" + since + ",\"exp\":" + (since + SECONDS) + "}") + ".";
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
