package dev.apprentice.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The access control of a broker on an open network: a certificate of its own, and passwords for clients (SASL_SSL, PLAIN).
 *
 * @param broker the broker's settings
 * @param client how clients connect, without the address
 */
public record AccessControl(Map<String, String> broker, Map<String, Object> client) {

    public static final String SECRET = "keystore-secret";
    private static final String PASSWORD = "right";
    private static final String LOGINS = "listener.name.plaintext.plain.sasl.jaas.config";
    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required"
            + " username=\"%s\" password=\"%s\"";

    /** Returns the settings with which this user connects. */
    public Map<String, Object> as(String user) {
        Map<String, Object> other = new HashMap<>(client);
        other.put("sasl.jaas.config", LOGIN.formatted(user, PASSWORD) + ";");
        return other;
    }

    /** Returns a broker where users may do only what ACLs allow; {@link #client} may do everything. */
    public AccessControl withAuthorizer(List<String> users) {
        Map<String, String> guarded = new HashMap<>(broker);
        guarded.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        // the controller's own listener has no passwords, so its user is anonymous
        guarded.put("super.users", "User:broker;User:apprentice;User:ANONYMOUS");
        guarded.computeIfPresent(LOGINS, (key, login) -> login.replace(";", "")
                + users.stream().map(user -> " user_%s=\"%s\"".formatted(user, PASSWORD)).collect(Collectors.joining()) + ";");
        return new AccessControl(guarded, client);
    }

    /**
     * Creates access control with a new key.
     *
     * @param name the broker's host name, besides {@code localhost} and {@code 127.0.0.1}
     */
    public static AccessControl of(Path folder, String name) throws IOException, InterruptedException {
        String keys = keyStore(folder, name).toString();
        return new AccessControl(
                Map.of(
                        "listener.security.protocol.map", "PLAINTEXT:SASL_SSL,CONTROLLER:PLAINTEXT",
                        "sasl.enabled.mechanisms", "PLAIN",
                        "sasl.mechanism.inter.broker.protocol", "PLAIN",
                        LOGINS,
                        LOGIN.formatted("broker", "own") + " user_broker=\"own\" user_apprentice=\"" + PASSWORD + "\";",
                        "ssl.keystore.location", keys,
                        "ssl.keystore.password", SECRET,
                        "ssl.truststore.location", keys,
                        "ssl.truststore.password", SECRET),
                Map.of(
                        "security.protocol", "SASL_SSL",
                        "sasl.mechanism", "PLAIN",
                        "sasl.jaas.config", LOGIN.formatted("apprentice", PASSWORD) + ";",
                        "ssl.truststore.location", keys,
                        "ssl.truststore.password", SECRET));
    }

    /** Creates the broker's key with a self-signed certificate and returns the key store. */
    public static Path keyStore(Path folder, String name) throws IOException, InterruptedException {
        Path keys = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair", "-alias", "broker", "-keyalg", "EC", "-dname", "CN=localhost",
                        "-ext", "san=ip:127.0.0.1,dns:localhost,dns:" + name, "-ext", "bc:c", "-validity", "2",
                        "-storetype", "PKCS12", "-keystore", keys.toString(), "-storepass", SECRET)
                .inheritIO()
                .start();
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool made no key");
        }
        return keys;
    }
}
