package dev.apprentice.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.local.broker.KafkaBroker;
import dev.apprentice.service.threads.WatchedThreads;
import dev.apprentice.testkit.TokenIssuer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests that every kind of client gets the {@code kafka.*} keys, and that errors in them are reported. */
@Timeout(120)
class AccessControlTest {

    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required"
            + " username=\"%s\" password=\"%s\"";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String SECRET = "keystore-secret";

    @TempDir Path folder;

    @Test
    void withAPasswordEveryClientConnectsAndWithAWrongOneReadinessSaysSo() throws Exception {
        Map<String, String> asking = Map.of(
                "listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms", "PLAIN",
                "sasl.mechanism.inter.broker.protocol", "PLAIN",
                "listener.name.plaintext.plain.sasl.jaas.config",
                LOGIN.formatted("broker", "own") + " user_broker=\"own\" user_apprentice=\"right\";");
        try (KafkaBroker broker = KafkaBroker.start(folder.resolve("data"), 0, asking)) {
            everyClientConnects(broker, login("right"));
            assertThat(readiness(broker, login("wrong")))
                    .startsWith("Kafka at " + broker.bootstrapServers() + " cannot be used: Authentication failed: Invalid username or"
                            + " password");
        }
    }

    @Test
    void overTlsEveryClientConnectsAndWithoutItsCertificateReadinessSaysSo() throws Exception {
        Path keys = keyStore();
        Map<String, String> encrypting = Map.of(
                "listener.security.protocol.map", "PLAINTEXT:SSL,CONTROLLER:PLAINTEXT",
                "ssl.keystore.location", keys.toString(),
                "ssl.keystore.password", SECRET,
                "ssl.truststore.location", keys.toString(),
                "ssl.truststore.password", SECRET);
        try (KafkaBroker broker = KafkaBroker.start(folder.resolve("data"), 0, encrypting)) {
            everyClientConnects(broker, Map.of(
                    "security.protocol", "SSL", "ssl.truststore.location", keys.toString(), "ssl.truststore.password", SECRET));
            assertThat(readiness(broker, Map.of("security.protocol", "SSL"))).contains("SSL handshake failed");
        }
    }

    @Test
    void withACertificateOfItsOwnEveryClientConnectsAndWithoutOneReadinessSaysSo() throws Exception {
        Path keys = keyStore();
        Map<String, Object> trusting = Map.of(
                "security.protocol", "SSL", "ssl.truststore.location", keys.toString(), "ssl.truststore.password", SECRET);
        Map<String, Object> certified = new HashMap<>(trusting);
        certified.putAll(Map.of("ssl.keystore.location", keys.toString(), "ssl.keystore.password", SECRET));
        Map<String, String> asking = new HashMap<>(Map.of(
                "listener.security.protocol.map", "PLAINTEXT:SSL,CONTROLLER:PLAINTEXT", "ssl.client.auth", "required"));
        certified.forEach((key, value) -> {
            if (key.startsWith("ssl.")) {
                asking.put(key, value.toString());
            }
        });
        try (KafkaBroker broker = KafkaBroker.start(folder.resolve("data"), 0, asking)) {
            everyClientConnects(broker, certified);
            // the broker refuses during the handshake or right after it
            assertThat(readiness(broker, trusting)).startsWith("Kafka at " + broker.bootstrapServers() + " cannot be used: ")
                    .containsPattern("bad_certificate|certificate_required|handshake failed");
        }
    }

    @Test
    void withAPasswordThatOnlyItsDigestIsKeptOfEveryClientConnectsAndWithAWrongOneReadinessSaysSo() throws Exception {
        Map<String, String> asking = Map.of(
                "listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512",
                "sasl.mechanism.inter.broker.protocol", "PLAIN",
                "listener.name.plaintext.plain.sasl.jaas.config",
                LOGIN.formatted("broker", "own") + " user_broker=\"own\" user_apprentice=\"right\";",
                "listener.name.plaintext.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        try (KafkaBroker broker = KafkaBroker.start(folder.resolve("data"), 0, asking);
                Admin operator = clients(broker, login("right")).admin("operator")) {
            operator.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                    "service", new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), "digested"))).all().get();
            everyClientConnects(broker, scram("digested"));
            assertThat(readiness(broker, scram("right"))).contains(" cannot be used: Authentication failed");
        }
    }

    private static Map<String, Object> scram(String password) {
        return Map.of(
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "SCRAM-SHA-512",
                "sasl.jaas.config", "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"service\" password=\""
                        + password + "\";");
    }

    /** Strimzi's client gets the tokens from an issuer. */
    @Test
    void withTokensOfAnIssuerEveryClientConnectsAndWhereItIsGivenNoneReadinessSaysSo() throws Exception {
        try (TokenIssuer issuer = new TokenIssuer();
                KafkaBroker broker = KafkaBroker.start(folder.resolve("data"), 0, TokenIssuer.broker())) {
            everyClientConnects(broker, issuer.client(TokenIssuer.SECRET));
            assertThat(readiness(broker, issuer.client("another")))
                    .startsWith("Kafka at " + broker.bootstrapServers() + " cannot be used: ")
                    .contains("/token failed with status 401: {\"error\":\"invalid_client\"}")
                    .hasLineCount(1)
                    .doesNotContain("another");
        }
    }

    @Test
    void anAddressThatIsNoneYetIsSaidToBe() {
        KafkaClients clients = new KafkaClients(Map.of("bootstrap.servers", "kafka.invalid:9092"));
        assertThat(clients.unresolved())
                .contains("the name of no broker in 'kafka.invalid:9092' can be resolved (kafka.bootstrap.servers)");
        assertThat(new KafkaClients(Map.of("bootstrap.servers", "kafka.invalid:9092, 127.0.0.1:1")).unresolved()).isEmpty();
    }

    private static Map<String, Object> login(String password) {
        return Map.of(
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config", LOGIN.formatted("apprentice", password) + ";");
    }

    private static void everyClientConnects(KafkaBroker broker, Map<String, Object> security) throws Exception {
        KafkaClients clients = clients(broker, security);
        TopicProvisioning provisioning = new TopicProvisioning(new DefaultSettings(), clients, new WatchedThreads());
        await().atMost(PATIENCE).until(() -> {
            provisioning.provision(); // the service also asks a slow broker again
            return provisioning.missing().isEmpty();
        });
        provisioning.stop(null);

        try (Producer<String, byte[]> producer = clients.producer("test", Map.of("transactional.id", "test"));
                Consumer<String, byte[]> consumer = clients.consumer("test", Map.of())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(Topics.RUNS.name(), 0, "key", new byte[] {7})).get();
            producer.commitTransaction();
            TopicPartition partition = new TopicPartition(Topics.RUNS.name(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<byte[]> read = new ArrayList<>();
            while (read.isEmpty()) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> read.add(record.value()));
            }
            assertThat(read).containsExactly(new byte[] {7});
        }
        assertThat(clients.streams()).containsAllEntriesOf(security).containsEntry("bootstrap.servers", broker.bootstrapServers());
    }

    private static String readiness(KafkaBroker broker, Map<String, Object> security) {
        TopicProvisioning provisioning =
                new TopicProvisioning(new DefaultSettings(), clients(broker, security), new WatchedThreads());
        provisioning.provision();
        provisioning.stop(null);
        return provisioning.missing().orElseThrow();
    }

    private static KafkaClients clients(KafkaBroker broker, Map<String, Object> security) {
        Map<String, Object> connection = new HashMap<>(security);
        connection.put("bootstrap.servers", broker.bootstrapServers());
        return new KafkaClients(connection);
    }

    /** Creates a key store with the broker's key and its self-signed certificate. */
    private Path keyStore() throws IOException, InterruptedException {
        Path keys = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair", "-alias", "broker", "-keyalg", "EC", "-dname", "CN=localhost",
                        "-ext", "san=ip:127.0.0.1,dns:localhost", "-ext", "bc:c", "-validity", "2",
                        "-storetype", "PKCS12", "-keystore", keys.toString(), "-storepass", SECRET)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        return keys;
    }
}
