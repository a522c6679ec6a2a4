package dev.apprentice.service.storage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Access to {@code s3:} URIs. Credentials, region and number of attempts come from AWS' own settings: AWS_ACCESS_KEY_ID,
 * AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_MAX_ATTEMPTS, a profile, or a role.
 */
@ConfigMapping(prefix = "apprentice.storage")
public interface StorageSettings {

    /** The address of an object store other than Amazon's, such as {@code http://minio:9000}. Buckets are then named in the path. */
    Optional<URI> endpoint();

    /**
     * The longest time of one request. Large files are transferred in parts of 16 MiB, each a request that is tried as often as
     * AWS_MAX_ATTEMPTS allows.
     */
    @WithDefault("1m")
    Duration timeout();

    /** The folder of local copies of {@code s3:} objects. Instances of a service can share it, but do not use each other's copies. */
    @WithDefault("${user.home}/.apprentice/cache/${quarkus.application.name}")
    Path cache();

    /** The most disk space of those copies, in megabytes. Beyond that, the least recently used copy is evicted. */
    @WithDefault("20000")
    @Min(1)
    long cacheMegabytes();
}
