package dev.apprentice.dataset;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What can be set about dataset-service. */
@ConfigMapping(prefix = "apprentice.dataset")
public interface DatasetSettings {

    /** The folder that datasets and the state of runs are kept in; instances that share it share both. */
    @WithDefault("${user.home}/.apprentice/dataset")
    Path home();

    /**
     * Where datasets are kept, if not in the folder {@code datasets} of the home: another folder, or an {@code s3:} URI of a store that
     * takes conditional writes. Instances that share it share them.
     */
    Optional<String> datasets();

    /** The largest dataset that is taken in, in bytes (suffixes K, M, G). */
    @WithDefault("1G")
    MemorySize maxSize();

    /** How many runs are prepared at the same time; further ones wait. */
    @WithDefault("2")
    int preparations();

    /**
     * How long a run waits that this service ended with while it prepared it, before it is tried again: so long its cancellation, if there
     * is one, has time to be heard.
     */
    @WithDefault("5s")
    Duration pauseAfterCrash();

    /** How long a run's batches are published before it gives way to others that wait; at least a transaction. */
    @WithDefault("10s")
    Duration turn();

    /** How many stream runs are served at the same time; further ones wait until one is cancelled. */
    @WithDefault("32")
    int streams();

    /** How many batches become visible together, in one Kafka transaction. */
    @WithDefault("256")
    int batchesPerTransaction();

    /** How runs learn what keeps coming. */
    Stream stream();

    /** How runs learn what keeps coming. */
    interface Stream {

        /** How many questions a checkpoint of a stream run is asked at most, however many examples are held out. */
        @WithDefault("100")
        int examSize();
    }

    /** How long the batches of runs that are over are kept. */
    KeepBatches keepBatches();

    /** How long the batches of runs that are over are kept. */
    interface KeepBatches {

        /** How long after a run's last checkpoint, or after it was withdrawn. */
        @WithDefault("30d")
        Duration finished();

        /** How long after a run was cancelled; it cannot go on after that. Without a value they are kept for good. */
        Optional<Duration> cancelled();
    }

    /** How clients may send bodies. */
    Upload upload();

    /** How clients may send bodies. */
    interface Upload {

        /** The bytes a second that a body has to come at on average, after ten seconds (suffixes K, M). */
        @WithDefault("1K")
        MemorySize leastRate();
    }

    /** How datasets are fetched from addresses. */
    Download download();

    /** How datasets are fetched from addresses. */
    interface Download {

        /** How long a server may take to accept a connection. */
        @WithDefault("10s")
        Duration connectTimeout();

        /** How long a whole download may take. */
        @WithDefault("10m")
        Duration timeout();

        /**
         * Whether addresses are fetched from that are not public: this machine's, those of private networks, and names that a
         * proxy alone can look up. A proxy is taken from Java's own settings, {@code https.proxyHost} and its like.
         */
        @WithDefault("false")
        boolean allowPrivateAddresses();

        /**
         * {@code s3:} URIs that data may be read from, separated by commas: what lies in them can be read by every client that may
         * bring data. None where it is not set.
         */
        Optional<List<String>> stores();

        /** Whether file: addresses are read, which gives every client the files that this service can read. */
        @WithDefault("false")
        boolean allowFiles();
    }
}
