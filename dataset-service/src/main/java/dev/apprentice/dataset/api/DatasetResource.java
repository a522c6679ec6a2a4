package dev.apprentice.dataset.api;

import dev.apprentice.contracts.Names;
import dev.apprentice.dataset.DatasetMetrics;
import dev.apprentice.dataset.DatasetMetrics.Source;
import dev.apprentice.dataset.DatasetSettings;
import dev.apprentice.dataset.datasets.catalog.Catalog;
import dev.apprentice.dataset.datasets.catalog.Dataset;
import dev.apprentice.dataset.datasets.download.Downloads;
import dev.apprentice.dataset.datasets.download.WebAddress;
import dev.apprentice.dataset.datasets.example.InvalidDatasetException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Datasets over HTTP. */
@Path("/datasets")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "datasets", description = "The instruction data that runs learn from")
public class DatasetResource {

    private final Catalog catalog;
    private final Downloads downloads;
    private final DatasetSettings settings;
    private final DatasetMetrics metrics;

    DatasetResource(
            Catalog catalog, Downloads downloads, DatasetSettings settings, DatasetMetrics metrics) {
        this.catalog = catalog;
        this.downloads = downloads;
        this.settings = settings;
        this.metrics = metrics;
    }

    @GET
    @Operation(summary = "All datasets, by name")
    @APIResponse(responseCode = "200", description = "What is known of each dataset")
    public List<Dataset> list() throws IOException {
        return catalog.list();
    }

    @GET
    @Path("/{name}")
    @Operation(summary = "One dataset")
    @APIResponse(responseCode = "200", description = "What is known of it")
    @APIResponse(responseCode = "404", description = "There is no dataset of that name")
    public Dataset get(@PathParam("name") String name) throws IOException {
        return catalog.find(name).orElseThrow(() -> HttpProblem.builder()
                .withStatus(Status.NOT_FOUND)
                .withTitle("Unknown dataset")
                .withDetail("There is no dataset '" + name + "'; GET /datasets lists those there are.")
                .build());
    }

    @POST
    @Path("/{name}")
    @Consumes({MediaType.APPLICATION_JSON, "application/x-ndjson", "application/ndjson", "application/jsonl"})
    @Operation(
            summary = "Put a dataset under a name",
            description = "Takes a JSON array or JSON lines of objects with 'instruction', 'output' and optionally 'input'"
                    + " and 'id', in UTF-8, or {\"url\": …} to fetch them from. Every entry is checked, and either all of"
                    + " them are stored or none. A dataset that had the name is replaced; runs that began with it keep it.")
    @RequestBody(
            required = true,
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    examples = {
                        @ExampleObject(
                                name = "array",
                                value = "[{\"instruction\": \"Name the opposite of the word.\", \"input\": \"hot\","
                                        + " \"output\": \"The opposite of hot is cold.\"}]"),
                        @ExampleObject(name = "url", value = "{\"url\": \"https://example.org/instruction-data.json\"}")
                    }))
    @APIResponse(
            responseCode = "201",
            description = "Stored under a new name",
            content = @Content(schema = @Schema(implementation = Dataset.class)))
    @APIResponse(
            responseCode = "200",
            description = "Stored in place of another",
            content = @Content(schema = @Schema(implementation = Dataset.class)))
    @APIResponse(responseCode = "400", description = "Name, address or data cannot be used; 'violations' lists entries")
    @APIResponse(responseCode = "413", description = "The data is larger than apprentice.dataset.max-size")
    @APIResponse(responseCode = "502", description = "The server that the address names fails")
    @APIResponse(responseCode = "504", description = "The server that the address names takes too long")
    public Response put(
            @Parameter(description = "1 to 100 letters, digits, '.', '_' or '-'") @PathParam("name") String name,
            InputStream body,
            UriInfo uriInfo)
            throws IOException {
        requireValid(name, "a dataset");
        Dataset dataset = store(name, Bodies.of(body, settings));
        metrics.examplesAccepted(Source.UPLOAD, dataset.examples());
        return dataset.version() == 1
                ? Response.created(uriInfo.getAbsolutePath()).entity(dataset).build()
                : Response.ok(dataset).build();
    }

    private Dataset store(String name, InputStream body) throws IOException {
        byte[] beginning = body.readNBytes(UrlRequest.LONGEST);
        Optional<String> address =
                beginning.length < UrlRequest.LONGEST ? UrlRequest.addressIn(beginning) : Optional.empty();
        try {
            if (address.isPresent()) {
                return downloads.fetch(address.get(), bytes -> catalog.put(name, bytes, WebAddress.shown(address.get())));
            }
            return catalog.put(name, new SequenceInputStream(new ByteArrayInputStream(beginning), body), "upload");
        } catch (InvalidDatasetException e) {
            metrics.examplesRefused(Source.UPLOAD, e.refusedEntries());
            throw address.isPresent() ? e.unquoted() : e;
        }
    }

    static void requireValid(String name, String what) {
        if (!Names.isValid(name)) {
            throw HttpProblem.builder()
                    .withStatus(Status.BAD_REQUEST)
                    .withTitle("Invalid name")
                    .withDetail("'" + name + "' cannot name " + what + "; " + Names.RULE + ".")
                    .build();
        }
    }
}
