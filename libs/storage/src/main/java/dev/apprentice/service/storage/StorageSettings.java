package dev.apprentice.service.storage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How {@code s3:} URIs are read and written. Credentials, region and attempts are AWS' own settings: AWS_ACCESS_KEY_ID,
 * AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_MAX_ATTEMPTS, a profile, or a role.
 */
@ConfigMapping(prefix = "apprentice.storage")
public interface StorageSettings {

    /**
     * Where the object store answers, such as {@code http://minio:9000}, for stores other than Amazon's; buckets are then named
     * in the path.
     */
    Optional<URI> endpoint();

    /**
     * The longest that one request may take. Large files travel in pieces of 16 MiB, each a request of its own that is tried as
     * often as AWS_MAX_ATTEMPTS says.
     */
    @WithDefault("1m")
    Duration timeout();

    /** Folder for copies of what {@code s3:} URIs name. Instances of a service share it without using each other's copies. */
    @WithDefault("${user.home}/.apprentice/cache/${quarkus.application.name}")
    Path cache();

    /** What those copies may take on the disk, in megabytes; beyond it the one least recently used goes. */
    @WithDefault("20000")
    @Min(1)
    long cacheMegabytes();
}
