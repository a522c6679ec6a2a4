package dev.apprentice.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.cli.CommandRun;
import dev.apprentice.cli.client.answer.JudgeStatus;
import dev.apprentice.cli.command.option.StoredFolders;
import dev.apprentice.local.broker.FreePort;
import dev.apprentice.local.broker.KafkaBroker;
import dev.apprentice.local.log.Broker;
import dev.apprentice.local.system.Ports;
import dev.apprentice.local.system.RunningSystem;
import dev.apprentice.testkit.S3Server;
import dev.apprentice.testkit.TokenIssuer;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {

    private static final long GIB = 1L << 30;

    @TempDir Path folder;

    @Test
    void aMachineWithoutASystemIsLookedAtAlone() {
        CommandRun doctor = CommandRun.of(folder, "doctor");

        assertThat(doctor.err()).isEmpty();
        assertThat(doctor.out())
                .contains("Java", "PyTorch 2.7.1", "memory", "storage", "Nothing runs in " + folder)
                .doesNotContain("Kafka");
    }

    @Test
    void aBrokerThatIsNotThereIsAProblemWithAWayOut() throws IOException {
        Path config = Files.writeString(
                folder.resolve("kafka.properties"), "bootstrap.servers=127.0.0.1:" + FreePort.find() + "\nsecurity.protocol=PLAINTEXT");

        CommandRun doctor = CommandRun.of(folder, "--kafka-config", config.toString(), "doctor");

        assertThat(doctor.status()).isEqualTo(1);
        assertThat(doctor.out()).containsPattern("problem  Kafka +127\\.0\\.0\\.1:\\d+ does not answer: .*\n +-> Start it with `apprentice up`");
    }

    /** Companies sign in like this, with Strimzi's client. */
    @Test
    void withATokenOfTheIssuerTheCommandLineConnectsAndWithAWrongSecretOrTokenItSaysSoInASentence() throws IOException {
        try (TokenIssuer issuer = new TokenIssuer();
                KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"), 0, TokenIssuer.broker())) {
            String at = broker.bootstrapServers();
            String right = configuration(at, issuer.client(TokenIssuer.SECRET));
            assertThat(CommandRun.of(folder, "--kafka-config", right, "doctor").out())
                    .contains("ok       Kafka           1 broker at " + at + ", SASL_PLAINTEXT");
            RunningSystem.pretend(folder, Ports.defaults());
            assertThat(CommandRun.of(folder, "--kafka-config", right, "dead-letters", "list").out()).contains("There are no dead letters.");

            String wrong = configuration(at, issuer.client("a wrong one"));
            String none = at + " was not contacted, because no token could be obtained: ";
            String wayOut = "Check oauth.token.endpoint.uri, oauth.client.id and oauth.client.secret of sasl.jaas.config in"
                    + " --kafka-config.";
            assertThat(KafkaFindings.of(new Broker(at).with(Path.of(wrong)))).singleElement().satisfies(finding ->
                    assertThat(finding.toString()).contains("problem  Kafka           " + none, "401", "-> " + wayOut)
                            .doesNotContain("a wrong one"));
            for (String[] command : new String[][] {{"dead-letters", "list"}, {"dead-letters", "replay", "0/1"}}) {
                CommandRun refused = CommandRun.of(folder, Stream.concat(Stream.of("--kafka-config", wrong), Stream.of(command)).toArray(String[]::new));
                assertThat(refused.status()).isEqualTo(1);
                assertThat(refused.err().strip()).startsWith("The broker at " + none).endsWith(". " + wayOut + " `apprentice"
                        + " doctor` checks it.")
                        .hasLineCount(1).doesNotContain("a wrong one");
            }

            assertThat(KafkaFindings.of(new Broker(at).with(Path.of(configuration(at, TokenIssuer.expired()))))).singleElement()
                    .asString().contains("problem  Kafka           " + at + " does not know this user: ", "invalid_token", "-> Check sasl.mechanism and");
        }
    }

    private String configuration(String broker, Map<String, Object> settings) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.put("bootstrap.servers", broker);
        Path file = Files.createTempFile(folder, "kafka", ".properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return file.toString();
    }

    /** Kafka's clients fail before they connect, with a message that is only the file's name or comes from the key store. */
    @Test
    void aFileOfKeysThatIsNotThereOrDoesNotOpenIsSaidToBe() throws IOException {
        Path noStore = Files.writeString(folder.resolve("store.p12"), "no key store");
        for (String[] store : new String[][] {{"/nowhere/store.p12", "there is no file /nowhere/store.p12"}, {noStore.toString(), ""}}) {
            String config = configuration("127.0.0.1:9092", Map.of(
                    "security.protocol", "SSL", "ssl.truststore.location", store[0], "ssl.truststore.password", "geheim"));

            assertThat(KafkaFindings.of(new Broker("127.0.0.1:9092").with(Path.of(config)))).singleElement().satisfies(finding ->
                    assertThat(finding.toString())
                            .contains("127.0.0.1:9092 was not contacted, because no client could be created: " + store[1],
                                    "-> Check the files and passwords that --kafka-config names.")
                            .doesNotContain("geheim"));
        }
    }

    @Test
    void aNameThatIsNoneIsSaidToBe() {
        assertThat(KafkaFindings.of(new Broker("kafka.invalid:9092")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.words()).contains("kafka.invalid:9092", "No resolvable bootstrap urls"));
    }

    @Test
    void aBrokerThatRefusesSaysByWhichSettingItWouldNot() {
        Broker broker = new Broker("kafka:9093");

        assertThat(KafkaFindings.unusable(broker, new SslAuthenticationException("PKIX")).wayOut().orElseThrow())
                .contains("ssl.truststore.location");
        assertThat(KafkaFindings.unusable(broker, new SaslAuthenticationException("no")).wayOut().orElseThrow())
                .contains("sasl.jaas.config");
        assertThat(KafkaFindings.unusable(broker, new TopicAuthorizationException("no")).wayOut().orElseThrow())
                .contains("kafka-users.yaml");
        assertThat(KafkaFindings.unusable(broker, new UnsupportedVersionException("no DESCRIBE_FEATURES"))).hasToString(
                Finding.problem("Kafka version", "kafka:9093 is too old: no DESCRIBE_FEATURES", "Use Kafka 3.3 or newer.").toString());
        assertThat(KafkaFindings.version(6).state()).isEqualTo(Finding.State.PROBLEM);
        assertThat(KafkaFindings.version(7).state()).isEqualTo(Finding.State.GOOD);
    }

    @Test
    void memoryRoomAndJavaHaveBounds() throws IOException {
        assertThat(List.of(
                        MachineFindings.memory(GIB).state(), MachineFindings.memory(4 * GIB).state(), MachineFindings.memory(8 * GIB).state(),
                        MachineFindings.room(folder, GIB / 2).state(), MachineFindings.room(folder, 5 * GIB).state(),
                        MachineFindings.room(folder, 50 * GIB).state(), MachineFindings.java(11).state(), MachineFindings.java(21).state()))
                .containsExactly(
                        Finding.State.PROBLEM, Finding.State.WARNING, Finding.State.GOOD,
                        Finding.State.PROBLEM, Finding.State.WARNING, Finding.State.GOOD, Finding.State.PROBLEM, Finding.State.GOOD);
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(MachineFindings.writable(file.resolve("home")).words()).isEqualTo(file + " cannot be written");
        assertThat(MachineFindings.writable(folder.resolve("a/b")).state()).isEqualTo(Finding.State.GOOD);
        assertThat(folder.toFile().list()).as("what is left of the trial").containsExactly("file");
    }

    @Test
    void aCardThatPyTorchCannotUseIsAWarning() {
        assertThat(MachineFindings.card(Optional.of("the driver is too old"), 0)).hasToString(
                "warning  graphics card   the driver is too old%n                         -> See docs/gpu.md.".formatted());
        assertThat(MachineFindings.card(Optional.of("the driver is too old"), 1).state()).isEqualTo(Finding.State.GOOD);
        assertThat(MachineFindings.card(Optional.empty(), 0).words()).startsWith("none");
    }

    @Test
    void aCardThatASettingAsksForAndIsNotThereIsTheProblemThatTheServiceRefusesToStartWith() {
        Finding finding = MachineFindings.device("APPRENTICE_TRAINER_DEVICE", "gpu", 0).orElseThrow();
        assertThat(finding.state()).isEqualTo(Finding.State.PROBLEM);
        assertThat(finding.words()).startsWith("APPRENTICE_TRAINER_DEVICE is gpu, but PyTorch finds no graphics card on this machine: ");
        assertThat(MachineFindings.device("APPRENTICE_TRAINER_DEVICE", "gpu:2", 2).orElseThrow().words()).contains("only 2 graphics card(s)");
        assertThat(MachineFindings.device("APPRENTICE_TRAINER_DEVICE", "gpu:1", 2)).isEmpty();
        assertThat(MachineFindings.device("APPRENTICE_INFERENCE_DEVICE", "cpu", 0)).isEmpty();
    }

    /** Stores are checked as the services use them; other settings and folders are skipped. */
    @Test
    void anObjectStoreThatCannotBeUsedIsAProblemByItsSetting() throws IOException {
        try (S3Server server = new S3Server()) {
            System.setProperty("apprentice.storage.endpoint", server.endpoint().toString());
            System.setProperty("apprentice.storage.timeout", "5s");
            List<Finding> findings = StorageFindings.of(
                    Map.of("APPRENTICE_TRAINER_CHECKPOINTS", "s3://" + S3Server.BUCKET + "/runs",
                            "APPRENTICE_DATASET_DATASETS", "s3://nowhere/datasets",
                            "APPRENTICE_DATASET_DOWNLOAD_STORES", "/a/folder, s3://" + S3Server.BUCKET + "/data",
                            "APPRENTICE_STORAGE_ENDPOINT", "s3://no/place"),
                    StoredFolders::trouble);

            assertThat(findings).extracting(Finding::state)
                    .containsExactly(Finding.State.GOOD, Finding.State.PROBLEM, Finding.State.GOOD);
            assertThat(findings.get(1).toString()).contains("APPRENTICE_DATASET_DATASETS: ", "nowhere", "-> Check the address")
                    .doesNotContain(S3Server.SECRET);
        } finally {
            System.clearProperty("apprentice.storage.endpoint");
            System.clearProperty("apprentice.storage.timeout");
        }
    }

    @Test
    void withoutAJudgeNothingIsWrong() {
        assertThat(ServiceFindings.judges(List.<JudgeStatus>of())).singleElement()
                .satisfies(finding -> assertThat(finding.state()).isEqualTo(Finding.State.GOOD));
    }
}
