package dev.apprentice.judge.page.api;

import dev.apprentice.judge.Problems;
import dev.apprentice.judge.page.pipeline.Pipeline;
import dev.apprentice.judge.page.pipeline.StageLag;
import dev.apprentice.service.signin.Roles;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows the path of the data through the topics. */
@Path("/pipeline")
@RolesAllowed(Roles.VIEWER)
@Tag(name = "pipeline", description = "How many records wait at each stage")
public class PipelineResource {

    private final Pipeline pipeline;

    PipelineResource(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @GET
    @Blocking
    @Operation(summary = "Each topic's readers and how many of its records wait for them, in the order in which data passes them")
    @APIResponse(responseCode = "200", description = "The stages, as reported by the broker within the last two seconds")
    @APIResponse(responseCode = "503", description = "The broker does not answer")
    public List<StageLag> stages() {
        try {
            return pipeline.stages();
        } catch (KafkaException e) {
            throw Problems.unreachable(e.getMessage());
        }
    }
}
