package dev.apprentice.service.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.testkit.BadConnection.Fault;
import dev.apprentice.testkit.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests against a real S3 server over an unreliable connection. */
class StoredFolderTest {

    // printf weights | sha256sum
    private static final String SUM_OF_WEIGHTS = "9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c";

    /** The minimum size of a part in S3. */
    private static final int PIECE = 5 << 20;

    private static S3Server server;

    @TempDir
    Path folder;

    @TempDir
    Path copy;

    private ObjectStorage storage;
    private StoredFolder stored;

    @BeforeAll
    static void start() throws IOException {
        server = new S3Server();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("trainer"));
        Files.writeString(folder.resolve("weights"), "weights");
        Files.writeString(folder.resolve("trainer/state of it.json"), "{}");
        storage = new ObjectStorage(TestStorage.settings(server.endpoint(), copy));
        stored = new StoredFolder(storage, TestStorage.folder("runs/one"));
    }

    @AfterEach
    void close() {
        server.connection().comeBack();
        server.clear();
        storage.close();
    }

    @Test
    void comesBackAsItWasWritten() throws IOException {
        stored.write(folder);
        stored.read(copy, name -> true);
        assertThat(copy.resolve("weights")).hasContent("weights");
        assertThat(copy.resolve("trainer/state of it.json")).hasContent("{}");
        assertThat(server.keys())
                .containsExactly("runs/one/SHA256SUMS", "runs/one/trainer/state of it.json", "runs/one/weights");
        assertThat(new String(server.bytes("runs/one/SHA256SUMS"), StandardCharsets.UTF_8))
                .endsWith("\n" + SUM_OF_WEIGHTS + "  weights\n");
        assertThat(storage.digest(stored.uri().resolve("weights"))).contains("sha256:" + SUM_OF_WEIGHTS);
    }

    /** The file has three pieces, the last of one byte; the test also reads it from the server by another route. */
    @Test
    void aLargeFileTravelsInPieces() throws IOException {
        storage.close();
        // a piece may be slow on a busy machine, and no answer is lost in this test
        storage = new ObjectStorage(TestStorage.settings(server.endpoint(), copy, Duration.ofMinutes(1)), PIECE);
        stored = new StoredFolder(storage, stored.uri());
        byte[] large = new byte[2 * PIECE + 1];
        new Random(4).nextBytes(large);
        Files.write(folder.resolve("weights"), large);
        server.connection().spoil(Fault.STATUS_500);
        stored.write(folder);
        assertThat(server.bytes("runs/one/weights")).isEqualTo(large);
        server.connection().spoil(Fault.CUT);
        stored.read(copy, name -> name.equals("weights"));
        assertThat(copy.resolve("weights")).hasBinaryContent(large);
        assertThat(copy.resolve("trainer")).doesNotExist();
    }

    @Test
    void isAskedAgainWhereTheStoreFailsIsCutOffOrKeepsSilent() throws IOException {
        for (Fault fault : Fault.values()) {
            server.connection().spoil(fault);
            stored.write(folder);
            if (fault != Fault.SILENT) { // each takes the whole timeout
                server.connection().spoil(fault, fault);
            }
            assertThat(new String(stored.read("weights"), StandardCharsets.UTF_8)).as("%s", fault).isEqualTo("weights");
            stored.delete();
            assertThat(server.keys()).isEmpty();
        }
        assertThat(storage.trouble()).isEmpty();
    }

    @Test
    void aStoreThatIsAwayIsSaidSoWithoutTheSecretAndIsUsedAgainWhenItIsBack() throws IOException {
        server.connection().goAway();
        assertThatThrownBy(() -> stored.write(folder))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("s3://apprentice-test/runs/one cannot be reached: the object store at "
                        + server.endpoint() + " does not answer in full or in time, also when asked again (the connection was cut);")
                .hasMessageNotContaining(S3Server.SECRET);
        assertThat(storage.trouble()).isPresent();
        server.connection().comeBack();
        stored.write(folder);
        assertThat(storage.trouble()).isEmpty();
        assertThat(server.keys()).contains("runs/one/SHA256SUMS");
    }

    @Test
    void withoutItsSumsItIsNotComplete() throws IOException {
        stored.write(folder);
        server.remove("runs/one/SHA256SUMS");
        assertThatThrownBy(() -> stored.read(copy, name -> true))
                .isInstanceOf(AlteredException.class)
                .hasMessage("s3://apprentice-test/runs/one is not complete: it has no SHA256SUMS yet, which is written last");
        stored.write(folder);
        stored.read(copy, name -> true);
    }

    @Test
    void whatIsNotAsItWasWrittenIsRefused() throws IOException {
        stored.write(folder);
        server.put("runs/one/weights", "Weights".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> stored.read(copy, name -> true))
                .isInstanceOf(AlteredException.class)
                .hasMessageContainingAll("s3://apprentice-test/runs/one/weights has the digest", SUM_OF_WEIGHTS, "restore it");
        server.remove("runs/one/weights");
        assertThatThrownBy(() -> stored.read(copy, name -> true)).hasMessageContaining("lacks weights");
        stored.write(folder);
        stored.read(copy, name -> true);
        assertThat(copy.resolve("weights")).hasContent("weights");
    }

    @Test
    void anotherOfTheSameNameTakesItsPlaceInFull() throws IOException {
        stored.write(folder);
        Files.writeString(folder.resolve("weights"), "others");
        Files.delete(folder.resolve("trainer/state of it.json"));
        stored.write(folder);
        assertThat(server.keys()).containsExactly("runs/one/SHA256SUMS", "runs/one/weights");
        stored.read(copy, name -> true);
        assertThat(copy.resolve("weights")).hasContent("others");
    }

    @Test
    void aNameThatLeadsOutOfTheFolderIsRefused() {
        server.put("runs/one/../../secrets", new byte[] {1});
        assertThatThrownBy(() -> storage.list(stored.uri())).hasMessageContainingAll("'../../secrets'", "leads out of the folder");
        for (String bad : new String[] {"s3://apprentice-test/a/../b", "s3://apprentice-test/a//b", "s3://Up/a", "s3://"}) {
            assertThatThrownBy(() -> StorageUri.parse(bad)).hasMessageStartingWith("'" + bad + "' is no place in an object store");
        }
    }

    @Test
    void aMissingBucketAndADeniedAccessAreSaidSo() throws IOException {
        storage.requireBucket(stored.uri());
        assertThatThrownBy(() -> storage.requireBucket(StorageUri.parse("s3://another-bucket/a")))
                .hasMessageContaining("has no bucket 'another-bucket'; make it");
        assertThat(storage.trouble()).isPresent();
        assertThatThrownBy(() -> storage.find(StorageUri.parse("s3://another-bucket/a")))
                .hasMessageContaining("has no bucket 'another-bucket'; make it");
        assertThatThrownBy(() -> storage.list(StorageUri.parse("s3://another-bucket/a")))
                .hasMessageContainingAll("s3://another-bucket/a", "has no bucket 'another-bucket'; make it");
        System.setProperty("aws.secretAccessKey", "another");
        try {
            assertThatThrownBy(() -> new ObjectStorage(TestStorage.settings(server.endpoint(), copy)).list(stored.uri()))
                    .hasMessageContainingAll("denies access", "AWS_SECRET_ACCESS_KEY")
                    .hasMessageNotContaining(S3Server.SECRET);
        } finally {
            System.setProperty("aws.secretAccessKey", S3Server.SECRET);
        }
    }

    @Test
    void nothingIsAskedBeforeAUriIsUsed() {
        ObjectStorage unused = new ObjectStorage(TestStorage.settings(URI.create("http://127.0.0.1:1"), copy));
        assertThat(unused.trouble()).isEmpty();
        unused.close();
    }
}
