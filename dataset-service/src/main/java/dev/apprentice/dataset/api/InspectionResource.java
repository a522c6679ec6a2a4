package dev.apprentice.dataset.api;

import static dev.apprentice.dataset.api.ReadingParameters.said;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.event.Run.DesiredState;
import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.contracts.run.DataSource.Overlong;
import dev.apprentice.contracts.run.DataSourceBuilder;
import dev.apprentice.contracts.run.ModelSource;
import dev.apprentice.contracts.run.PromptTemplate;
import dev.apprentice.contracts.run.RunSpecification;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.contracts.run.TrainingBuilder;
import dev.apprentice.dataset.batches.PreparationException;
import dev.apprentice.dataset.datasets.catalog.KeptTemplates;
import dev.apprentice.dataset.datasets.catalog.Upload;
import dev.apprentice.dataset.datasets.reading.ReadSettings;
import dev.apprentice.dataset.inspection.Inspection;
import dev.apprentice.dataset.inspection.Inspector;
import dev.apprentice.model.ModelException;
import dev.apprentice.service.http.QueryParameters;
import dev.apprentice.service.signin.Roles;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP call that examines data before it becomes a dataset. */
@Path("/inspections")
@RolesAllowed(Roles.TRAINER)
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "datasets")
public class InspectionResource {

    private static final int MOST_EXAMPLES = 1_000;

    private final Inspector inspector;
    private final RequestData requestData;
    private final KeptTemplates templates;

    InspectionResource(Inspector inspector, RequestData requestData, KeptTemplates templates) {
        this.templates = templates;
        this.inspector = inspector;
        this.requestData = requestData;
    }

    @POST
    @Operation(
            summary = "Inspect data without storing it",
            description = "Takes what POST /datasets/{name} takes: how many entries can be used, what is wrong with the"
                    + " others and where, duplicates, lengths, and, with a model, which examples are truncated or left out as too long.")
    @APIResponse(responseCode = "200", description = "What the data holds")
    @APIResponse(responseCode = "400", description = "No entry can be used, or the model or a setting is invalid")
    @APIResponse(responseCode = "413", description = "The data is larger than apprentice.dataset.max-size")
    public Inspection inspect(
            @BeanParam ReadingParameters how,
            @Parameter(description = "How many of the examples to show, at most 1000", schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("examples") String examples,
            @Parameter(description = "The base model, to count lengths in tokens; without it, they are in characters")
                    @QueryParam("model") String model,
            @Parameter(description = "A prompt style") @QueryParam("promptStyle") String promptStyle,
            @Parameter(description = "The name that POST /templates returned for your own prompt style") @QueryParam("promptTemplate")
                    String promptTemplate,
            @Parameter(description = "Tokens a row may have", schema = @Schema(type = SchemaType.INTEGER)) @QueryParam("maxLength")
                    String maxLength,
            @Parameter(description = "truncate, drop or terminate") @QueryParam("overlong") String overlong,
            @Parameter(description = "Whether only answers are learned", schema = @Schema(type = SchemaType.BOOLEAN))
                    @QueryParam("maskInstruction") String maskInstruction,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String type,
            InputStream body)
            throws IOException {
        ReadSettings settings = how.settings(templates);
        int shown = said(examples).map(text -> QueryParameters.number("examples", text, 0, MOST_EXAMPLES)).orElse(0);
        boolean masked = said(maskInstruction).map(text -> QueryParameters.flag("maskInstruction", text)).orElse(false);
        try {
            DataSource source = source(promptStyle, promptTemplate, maxLength, overlong);
            Training training = TrainingBuilder.builder(Training.DEFAULTS).maskInstruction(masked).build();
            Optional<Run> run = Optional.ofNullable(model).map(location -> new Run("inspection", DesiredState.RUN, Instant.now(),
                    new RunSpecification(
                            new ModelSource(location, null), source, training, null,
                            Optional.empty())));
            return requestData.take(body, how.file, type,
                    (data, origin) -> inspector.inspect(new Upload(data, origin, settings), shown, run));
        } catch (PreparationException | ModelException | InvalidEventException | IllegalArgumentException e) {
            throw HttpProblem.builder()
                    .withStatus(Status.BAD_REQUEST)
                    .withTitle("Cannot be inspected")
                    .withDetail(e.getMessage())
                    .build();
        }
    }

    private DataSource source(String promptStyle, String promptTemplate, String maxLength, String overlong) throws IOException {
        Optional<PromptTemplate> own = promptTemplate == null
                ? Optional.empty()
                : Optional.of(new PromptTemplate(templates.findPrompt(promptTemplate), null));
        return DataSourceBuilder.builder()
                .dataset("data")
                .promptTemplate(own)
                .promptStyle(promptStyle)
                .maxLength(said(maxLength).map(text -> QueryParameters.number("maxLength", text, 2)))
                .overlong(said(overlong).map(text -> QueryParameters.oneOf("overlong", text, Overlong.class)).orElse(null))
                .build();
    }
}
