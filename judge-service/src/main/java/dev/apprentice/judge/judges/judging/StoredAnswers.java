package dev.apprentice.judge.judges.judging;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.Sha256;
import dev.apprentice.judge.JudgeSettings;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * A cache of answers in a RocksDB database in the service's home, under the SHA-256 of their keys.
 *
 * <p>The cache only saves work: if it cannot be read or written, the judge is asked.
 */
@ApplicationScoped
public class StoredAnswers implements AnswerCache {

    private static final Logger LOG = Logger.getLogger(StoredAnswers.class);

    private final Path folder;
    private final Options options;
    private final RocksDB answers;

    /** Opens the database, with the answers of earlier starts. */
    public StoredAnswers(JudgeSettings settings) {
        RocksDB.loadLibrary();
        this.folder = settings.home().resolve("answers");
        this.options = new Options().setCreateIfMissing(true).setCompressionType(CompressionType.LZ4_COMPRESSION);
        try {
            Files.createDirectories(folder);
            this.answers = RocksDB.open(options, folder.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("apprentice.judge.home: folder " + folder + " cannot be created", e);
        } catch (RocksDBException e) {
            throw new IllegalStateException("apprentice.judge.home: the judges' answers in " + folder
                    + " cannot be opened; each judge-service needs a home of its own: " + e.getMessage(), e);
        }
    }

    void close(@Observes ShutdownEvent event) {
        close();
    }

    void close() {
        answers.close();
        options.close();
    }

    @Override
    public Optional<JudgeAnswer> get(String key) {
        try {
            byte[] json = answers.get(Sha256.bytes(key));
            return json == null ? Optional.empty() : Optional.of(Json.MAPPER.readValue(json, JudgeAnswer.class));
        } catch (RocksDBException | IOException e) {
            LOG.warnf("an answer in %s cannot be read; the judge is asked: %s", folder, e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void put(String key, JudgeAnswer answer) {
        try {
            answers.put(Sha256.bytes(key), Json.MAPPER.writeValueAsBytes(answer));
        } catch (RocksDBException | JsonProcessingException e) {
            LOG.warnf("an answer cannot be kept in %s: %s", folder, e.getMessage());
        }
    }
}
