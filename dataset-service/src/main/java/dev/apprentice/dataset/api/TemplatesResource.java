package dev.apprentice.dataset.api;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.dataset.datasets.catalog.KeptTemplates;
import dev.apprentice.prompts.jinja.value.TemplateException;
import dev.apprentice.prompts.task.TaskTemplate;
import dev.apprentice.prompts.task.TaskTemplates;
import dev.apprentice.service.signin.Roles;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP calls for task templates, which turn labelled rows into examples. */
@Path("/templates")
@RolesAllowed(Roles.VIEWER)
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "datasets")
public class TemplatesResource {

    private static final String INVALID = "Invalid template";

    private final KeptTemplates templates;

    TemplatesResource(KeptTemplates templates) {
        this.templates = templates;
    }

    /** A bundled template. @param fields what a row must have */
    public record Listed(String name, String description, List<String> fields) {}

    /**
     * A user's own task template or prompt style, exactly one of the two; see docs/templates.md.
     *
     * @param text a task template's YAML
     * @param prompt a prompt style's Jinja
     */
    public record TemplateRequest(String text, String prompt) {}

    /** @param template its name, to be given as the query parameter {@code template} or {@code promptTemplate} */
    public record Kept(String template) {}

    @GET
    @Operation(summary = "The bundled task templates")
    @APIResponse(responseCode = "200", description = "Each with the fields that it needs")
    public List<Listed> list() {
        return TaskTemplates.names().stream().map(TaskTemplates::bundled).map(TemplatesResource::listed).toList();
    }

    private static Listed listed(TaskTemplate template) {
        return new Listed(template.name(), template.description(), template.fields());
    }

    @POST
    @RolesAllowed(Roles.TRAINER)
    @Operation(summary = "Keep a task template or a prompt style of your own", description = "Its name is the digest of its text, so it may be sent again.")
    @APIResponse(responseCode = "200", description = "The value for 'template', or for an inspection's 'promptTemplate'")
    @APIResponse(responseCode = "400", description = "It is not a valid template")
    public Kept keep(TemplateRequest request) throws IOException {
        if (request == null || (request.text() == null) == (request.prompt() == null)) {
            throw ReadingParameters.refused(
                    INVALID, "send {\"text\": …} with a task template's YAML, or {\"prompt\": …} with a prompt style's Jinja");
        }
        try {
            return new Kept(request.text() == null ? templates.keepPrompt(request.prompt()) : templates.keep(request.text()));
        } catch (IllegalArgumentException | InvalidEventException | TemplateException e) {
            throw ReadingParameters.refused(INVALID, e.getMessage());
        }
    }
}
