package dev.apprentice.local.client;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.system.Member;
import dev.apprentice.local.system.Ports;
import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;

/** dataset-service: the data that runs learn from. */
public final class DatasetClient {

    private final ServiceClient service;

    public DatasetClient(Ports ports) {
        service = new ServiceClient(Member.DATASET_SERVICE, ports.url(Member.DATASET_SERVICE));
    }

    /** Puts a file's examples under a name, in place of what had it. */
    public Dataset put(String name, Path file) {
        try {
            return service.post(
                    ServiceClient.path("datasets", name), BodyPublishers.ofFile(file), new TypeReference<>() {});
        } catch (FileNotFoundException e) {
            throw new CommandException("The data file " + file + " does not exist or cannot be read.", e);
        }
    }
}
