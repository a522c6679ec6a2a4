package dev.apprentice.cli.client;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.cli.FileTrouble;
import dev.apprentice.cli.client.answer.Dataset;
import dev.apprentice.cli.client.answer.Inspection;
import dev.apprentice.cli.client.answer.Receipt;
import dev.apprentice.cli.client.answer.Receipt.Refusal;
import dev.apprentice.cli.client.answer.Reject;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.system.Member;
import dev.apprentice.local.system.Ports;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Client of dataset-service, which keeps the data that runs learn from. */
public final class DatasetClient {

    private static final int BAD_REQUEST = 400;

    private final ServiceClient service;

    public DatasetClient(Ports ports) {
        service = new ServiceClient(Member.DATASET_SERVICE, ports);
    }

    /**
     * Sends examples, one JSON object a line, to be appended to a dataset.
     *
     * @throws ServiceException if the service cannot take them now
     */
    public Receipt send(String dataset, List<String> lines) {
        HttpResponse<String> response =
                service.postLines(ServiceClient.path("datasets", dataset, "instructions"), lines, BAD_REQUEST);
        if (response.statusCode() != BAD_REQUEST) {
            return service.parse(response.body(), new TypeReference<>() {});
        }
        JsonNode problem = service.parse(response.body(), new TypeReference<>() {});
        if (!problem.has("violationCount")) {
            throw service.refusal(BAD_REQUEST, response.body());
        }
        return new Receipt(
                0,
                problem.get("violationCount").asLong(),
                service.parse(problem.path("violations").toString(), new TypeReference<List<Refusal>>() {}),
                Map.of());
    }

    /** Returns all datasets, ordered by name. */
    public List<Dataset> all() {
        return service.get("/datasets", new TypeReference<>() {});
    }

    /** Returns a dataset. @throws ServiceException if there is none of that name */
    public Dataset get(String name) {
        return known(name, () -> service.get(ServiceClient.path("datasets", name), new TypeReference<>() {}));
    }

    /** Returns a dataset; empty if there is none of that name. */
    public Optional<Dataset> find(String name) {
        return ServiceException.found(() -> get(name));
    }

    /** Streams all entries that were left out of a dataset; the caller closes the stream. */
    public Stream<Reject> rejects(String name) {
        return known(name, () -> service.lines(ServiceClient.path("datasets", name, "rejects"))).map(line -> service.parse(line, new TypeReference<>() {}));
    }

    /** Deletes a dataset; runs that have already begun with it keep their data. */
    public Dataset delete(String name) {
        return known(name, () -> service.delete(ServiceClient.path("datasets", name), new TypeReference<>() {}));
    }

    private static <T> T known(String dataset, Supplier<T> question) {
        return ServiceException.orUnknown(question, "There is no dataset '" + dataset + "'; `apprentice datasets list` shows those there are.");
    }

    /** Puts a file's examples under a name and replaces what the name had. */
    public Dataset put(String name, Path file) {
        return put(name, file, DataRequest.USUAL);
    }

    /** Puts the examples of a file or a folder under a name and replaces what the name had. */
    public Dataset put(String name, Path file, DataRequest how) {
        return sent(file, part -> service.post(ServiceClient.path("datasets", name) + how.query(part.getFileName().toString(), Map.of()),
                BodyPublishers.ofFile(part), new TypeReference<>() {}));
    }

    /** Stores a task template in dataset-service and returns its name there. */
    public String keepTemplate(String yaml) {
        Map<String, String> kept = service.post("/templates", Map.of("text", yaml), new TypeReference<>() {});
        return kept.get("template");
    }

    /** Stores a prompt style in dataset-service and returns its name there. */
    public String keepPrompt(String jinja) {
        Map<String, String> kept = service.post("/templates", Map.of("prompt", jinja), new TypeReference<>() {});
        return kept.get("template");
    }

    /** Call that sends a file. */
    private interface Sending<T> {

        T of(Path file) throws FileNotFoundException;
    }

    private static <T> T sent(Path file, Sending<T> sending) {
        try {
            if (!Files.isDirectory(file)) {
                return sending.of(file);
            }
            Path zip = Files.createTempFile("apprentice-folder", ".zip");
            try {
                FolderBody.zip(file, zip);
                return sending.of(zip);
            } finally {
                Files.deleteIfExists(zip);
            }
        } catch (FileNotFoundException e) {
            throw new CommandException("The data file " + file + " does not exist or cannot be read.", e);
        } catch (IOException e) {
            throw new CommandException("The data folder " + file + " cannot be read: " + FileTrouble.sentence(e), e);
        }
    }

    /**
     * Has dataset-service inspect a file or a folder, without storing it.
     *
     * @param settings settings of the run that would learn it, by the names of the call's query
     */
    public Inspection inspect(Path file, DataRequest how, Map<String, String> settings) {
        return sent(file, part -> service.post("/inspections" + how.query(part.getFileName().toString(), settings),
                BodyPublishers.ofFile(part), new TypeReference<>() {}));
    }

    /** Has dataset-service inspect the data at an address, without storing it. */
    public Inspection inspectFrom(String address, DataRequest how, Map<String, String> settings) {
        return service.postToFetch("/inspections" + how.query("", settings), Map.of("url", address), new TypeReference<>() {});
    }

    /** Has dataset-service fetch examples from an address, put them under a name and replace what the name had. */
    public Dataset putFrom(String name, String address, DataRequest how) {
        return service.postToFetch(ServiceClient.path("datasets", name) + how.query("", Map.of()), Map.of("url", address), new TypeReference<>() {});
    }
}
