package dev.apprentice.cli.doctor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Checks the object stores that this environment's settings name. {@code up} passes these settings to the services. */
public final class StorageFindings {

    private static final List<String> SETTINGS =
            List.of("APPRENTICE_TRAINER_CHECKPOINTS", "APPRENTICE_DATASET_DATASETS", "APPRENTICE_DATASET_DOWNLOAD_STORES");

    private StorageFindings() {}

    /**
     * Checks each store; returns nothing if none is named.
     *
     * @param trouble returns why an address such as {@code s3://bucket/folder} cannot be used; empty if it can
     */
    public static List<Finding> of(Map<String, String> environment, Function<String, Optional<String>> trouble) {
        List<Finding> findings = new ArrayList<>();
        for (String setting : SETTINGS) {
            Arrays.stream(environment.getOrDefault(setting, "").split(","))
                    .map(String::strip)
                    .filter(place -> place.startsWith("s3:"))
                    .map(place -> trouble.apply(place)
                            .map(why -> Finding.problem("object store", setting + ": " + why,
                                    "Check the address, APPRENTICE_STORAGE_ENDPOINT (unset for Amazon S3), and the credentials in"
                                            + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile."))
                            .orElseGet(() -> Finding.good("object store", place + " can be used")))
                    .forEach(findings::add);
        }
        return findings;
    }
}
