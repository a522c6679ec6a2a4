package dev.apprentice.dataset;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of dataset-service. */
@ConfigMapping(prefix = "apprentice.dataset")
public interface DatasetSettings {

    /** The folder of datasets and of the state of runs. Instances that share the folder share both. */
    @WithDefault("${user.home}/.apprentice/dataset")
    Path home();

    /**
     * Where datasets are kept: a folder, or an {@code s3:} URI of a store that supports conditional writes. Instances with one such
     * place share the datasets. By default the folder {@code datasets} in the home.
     */
    Optional<String> datasets();

    /** The largest dataset that is accepted, in bytes (suffixes K, M, G). */
    @WithDefault("1G")
    MemorySize maxSize();

    /** How many runs are prepared at once; further runs wait. */
    @WithDefault("2")
    int preparations();

    /**
     * How long a run waits before it is prepared again after the service crashed while preparing it. In this time a cancellation of
     * the run can arrive.
     */
    @WithDefault("5s")
    Duration pauseAfterCrash();

    /** How long a run's batches are published before the run gives way to waiting runs; at least one transaction. */
    @WithDefault("10s")
    Duration turn();

    /** How many stream runs are served at once; further ones wait until one is cancelled. */
    @WithDefault("32")
    int streams();

    /** How many batches are published in one Kafka transaction. */
    @WithDefault("256")
    int batchesPerTransaction();

    /** Runs that learn from a stream. */
    Stream stream();

    /** How runs learn what keeps coming. */
    interface Stream {

        /** The most questions in the exam of a stream run's checkpoint, however many examples are held out. */
        @WithDefault("100")
        int examSize();
    }

    /** How long the batches of ended runs are kept. */
    KeepBatches keepBatches();

    /** How long the batches of runs that are over are kept. */
    interface KeepBatches {

        /** How long after a run's last checkpoint, or after it was withdrawn, its batches are kept. */
        @WithDefault("30d")
        Duration finished();

        /**
         * How long after a run was cancelled its batches are kept; after that it cannot be resumed. Without a value they are kept
         * forever.
         */
        Optional<Duration> cancelled();
    }

    /** Limits of uploads. */
    Upload upload();

    /** How clients may send bodies. */
    interface Upload {

        /** The least average rate of an upload after its first ten seconds, in bytes a second (suffixes K, M). */
        @WithDefault("1K")
        MemorySize leastRate();
    }

    /** How data is downloaded. */
    Download download();

    /** How datasets are fetched from addresses. */
    interface Download {

        /** The longest time to connect to a server. */
        @WithDefault("10s")
        Duration connectTimeout();

        /** The longest time of a whole download. */
        @WithDefault("10m")
        Duration timeout();

        /**
         * Whether data may be downloaded from addresses that are not public: this machine's, those of private networks, and names
         * that only a proxy can resolve. The proxy is the one of Java's own settings, such as {@code https.proxyHost}.
         */
        @WithDefault("false")
        boolean allowPrivateAddresses();

        /**
         * The {@code s3:} URIs that data may be read from, separated by commas. Every client that may send data can read what lies
         * in them. Unset, there are none.
         */
        Optional<List<String>> stores();

        /** Whether {@code file:} addresses are read. This lets every client read all files that the service can read. */
        @WithDefault("false")
        boolean allowFiles();
    }
}
