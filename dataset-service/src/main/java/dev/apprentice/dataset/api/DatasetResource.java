package dev.apprentice.dataset.api;

import dev.apprentice.contracts.Names;
import dev.apprentice.dataset.DatasetMetrics;
import dev.apprentice.dataset.DatasetMetrics.Source;
import dev.apprentice.dataset.datasets.catalog.Catalog;
import dev.apprentice.dataset.datasets.catalog.Dataset;
import dev.apprentice.dataset.datasets.catalog.KeptTemplates;
import dev.apprentice.dataset.datasets.catalog.RejectsPublisher;
import dev.apprentice.dataset.datasets.catalog.Upload;
import dev.apprentice.dataset.datasets.reading.ReadSettings;
import dev.apprentice.dataset.datasets.reading.outcome.InvalidDatasetException;
import dev.apprentice.service.signin.Roles;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
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

/** The HTTP calls that list, store and delete datasets. */
@Path("/datasets")
@RolesAllowed(Roles.VIEWER)
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "datasets", description = "The instruction data that runs learn from")
public class DatasetResource {

    private final Catalog catalog;
    private final RequestData requestData;
    private final KeptTemplates templates;
    private final RejectsPublisher rejects;
    private final DatasetMetrics metrics;

    DatasetResource(Catalog catalog, RequestData requestData, KeptTemplates templates, RejectsPublisher rejects, DatasetMetrics metrics) {
        this.rejects = rejects;
        this.templates = templates;
        this.catalog = catalog;
        this.requestData = requestData;
        this.metrics = metrics;
    }

    @GET
    @Operation(summary = "All datasets, by name")
    @APIResponse(responseCode = "200", description = "The datasets' descriptions")
    public List<Dataset> list() throws IOException {
        return catalog.list();
    }

    @GET
    @Path("/{name}")
    @Operation(summary = "One dataset")
    @APIResponse(responseCode = "200", description = "Its description")
    @APIResponse(responseCode = "404", description = "There is no dataset of that name")
    public Dataset get(@PathParam("name") String name) throws IOException {
        return catalog.find(name).orElseThrow(() -> HttpProblem.builder()
                .withStatus(Status.NOT_FOUND)
                .withTitle("Unknown dataset")
                .withDetail("There is no dataset '" + name + "'; GET /datasets lists all datasets.")
                .build());
    }

    @POST
    @RolesAllowed(Roles.TRAINER)
    @Path("/{name}")
    @Operation(
            summary = "Put a dataset under a name",
            description = "Takes JSON, CSV, Parquet and more, packed or not, or a zip of such files, or {\"url\": …} to fetch them"
                    + " from an http(s) address or, as hf:organisation/name[@revision][:config/split], from the Hugging Face hub; the"
                    + " layout of entries is recognised by their fields. An entry that cannot be used is left out and kept among the"
                    + " rejects. A dataset that had the name is replaced; runs that began with it keep it.")
    @RequestBody(
            required = true,
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    examples = {
                        @ExampleObject(
                                name = "array",
                                value = "[{\"instruction\": \"Name the opposite of the word.\", \"input\": \"hot\","
                                        + " \"output\": \"The opposite of hot is cold.\"}]"),
                        @ExampleObject(name = "url", value = "{\"url\": \"https://example.org/instruction-data.json\"}"),
                        @ExampleObject(name = "dataset on the Hugging Face hub", value = "{\"url\": \"hf:tatsu-lab/alpaca:default/train\"}")
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
    @APIResponse(responseCode = "502", description = "The server at that address failed")
    @APIResponse(responseCode = "503", description = "Another dataset-service is changing the dataset and has not finished in time")
    @APIResponse(responseCode = "504", description = "The server at that address did not answer in time")
    public Response put(
            @Parameter(description = "1 to 100 letters, digits, '.', '_' or '-'") @PathParam("name") String name,
            @BeanParam ReadingParameters how,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String type,
            InputStream body,
            UriInfo uriInfo)
            throws IOException {
        requireValid(name, "a dataset");
        Dataset dataset = store(name, body, how.file, type, how.settings(templates));
        rejects.publish(dataset);
        metrics.examplesAccepted(Source.UPLOAD, dataset.examples());
        metrics.examplesRefused(Source.UPLOAD, dataset.rejected().orElse(0));
        return dataset.version() == 1
                ? Response.created(uriInfo.getAbsolutePath()).entity(dataset).build()
                : Response.ok(dataset).build();
    }

    private Dataset store(String name, InputStream body, String file, String type, ReadSettings how) throws IOException {
        try {
            return requestData.take(body, file, type, (data, source) -> catalog.put(name, new Upload(data, source, how)));
        } catch (InvalidDatasetException e) {
            metrics.examplesRefused(Source.UPLOAD, e.refusedEntries());
            throw e;
        }
    }

    @DELETE
    @RolesAllowed(Roles.TRAINER)
    @Path("/{name}")
    @Operation(summary = "Delete a dataset", description = "Runs that began with it keep it.")
    @APIResponse(responseCode = "200", description = "Deleted; its last description")
    @APIResponse(responseCode = "404", description = "There is no dataset of that name")
    @APIResponse(responseCode = "503", description = "Another dataset-service is changing the dataset and has not finished in time")
    public Dataset delete(@PathParam("name") String name) throws IOException {
        Dataset known = get(name);
        catalog.delete(name);
        return known;
    }

    @GET
    @Path("/{name}/rejects")
    @Produces("application/x-ndjson")
    @Operation(
            summary = "The entries that were left out",
            description = "JSON lines, one for each: its file, its place, what is wrong with it, and the entry as it came.")
    @APIResponse(responseCode = "200", description = "JSON lines; none where every entry is used")
    @APIResponse(responseCode = "404", description = "There is no dataset of that name")
    public Response rejects(@PathParam("name") String name) throws IOException {
        get(name);
        Optional<java.nio.file.Path> rejects = catalog.rejects(name);
        return Response.ok(rejects.isPresent() ? rejects.get().toFile() : "")
                .header("Content-Disposition", "attachment; filename=\"" + name + "-rejects.jsonl\"")
                .build();
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
