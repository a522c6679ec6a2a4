package dev.apprentice.judge.page.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Report;
import dev.apprentice.judge.page.download.ReportTable;
import dev.apprentice.judge.page.download.ResponseTable;
import dev.apprentice.judge.page.download.Table;
import dev.apprentice.judge.page.download.TextbookScores;
import dev.apprentice.judge.page.run.RunBoard;
import dev.apprentice.judge.responses.ScoredResponse;
import dev.apprentice.judge.responses.ScoredResponses;
import dev.apprentice.service.http.QueryParameters;
import dev.apprentice.service.signin.Roles;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Serves reports and answers as files. */
@Path("/reports/{run}")
@RolesAllowed(Roles.VIEWER)
@Tag(name = "downloads", description = "Reports and answers as files for download")
@Blocking
public class DownloadsResource {

    private final Checkpoints checkpoints;
    private final ScoredResponses responses;
    private final RunBoard board;

    DownloadsResource(Checkpoints checkpoints, ScoredResponses responses, RunBoard board) {
        this.checkpoints = checkpoints;
        this.responses = responses;
        this.board = board;
    }

    private enum Format {
        JSON("application/json", ".json"),
        CSV("text/csv;charset=UTF-8", ".csv"),
        MARKDOWN("text/markdown;charset=UTF-8", ".md"),
        /** The textbook's file with scores added; for answers only. */
        TEXTBOOK("application/json", "-instruction-data-with-response.json");

        private final String type;
        private final String ending;

        Format(String type, String ending) {
            this.type = type;
            this.ending = ending;
        }
    }

    @GET
    @Path("/download")
    @Operation(summary = "A run's report as a file")
    @APIResponse(responseCode = "200", description = "The file")
    @APIResponse(responseCode = "400", description = "There is no such format")
    @APIResponse(responseCode = "404", description = "No response of this run has been graded")
    public Response report(
            @RestPath String run,
            @Parameter(description = "json, csv or markdown; json by default") @RestQuery Optional<String> format) {
        List<Report> steps = checkpoints.of(run);
        Format wanted = QueryParameters.given(format).map(value -> QueryParameters.oneOf("format", value, Format.class)).orElse(Format.JSON);
        return switch (wanted) {
            case JSON -> file(run, wanted, json(RunReport.of(run, steps, board)));
            case CSV -> file(run, wanted, ReportTable.of(steps).csv());
            case MARKDOWN -> file(run, wanted, "# Report on " + run + "\n\n" + ReportTable.of(steps).markdown());
            case TEXTBOOK -> throw QueryParameters.unusable("format", "textbook", "json, csv or markdown for a report");
        };
    }

    @GET
    @Path("/{step}/responses/download")
    @Operation(
            summary = "A checkpoint's answers as a file",
            description = "Format 'textbook' is the textbook's instruction-data-with-response.json with each judge's score and the"
                    + " metrics added to its entries.")
    @APIResponse(responseCode = "200", description = "The file, in the order of the exam")
    @APIResponse(responseCode = "400", description = "There is no such format")
    @APIResponse(responseCode = "404", description = "The run has no report, or none on that step")
    public Response responses(
            @RestPath String run,
            @RestPath("step") String given,
            @Parameter(description = "json, csv, markdown or textbook; json by default") @RestQuery Optional<String> format) {
        int step = QueryParameters.number("step", given, 0);
        checkpoints.at(run, step);
        Format wanted = QueryParameters.given(format).map(value -> QueryParameters.oneOf("format", value, Format.class)).orElse(Format.JSON);
        List<ScoredResponse> exam = responses.of(run, step);
        String name = run + "-step-" + step;
        Table table = ResponseTable.of(exam);
        return switch (wanted) {
            case JSON -> file(name, wanted, json(exam));
            case CSV -> file(name, wanted, table.csv());
            case MARKDOWN -> file(name, wanted, "# Answers of " + run + " at step " + step + "\n\n" + table.markdown());
            case TEXTBOOK -> file(name, wanted, json(TextbookScores.of(exam)));
        };
    }

    private static String json(Object value) {
        try {
            return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report is always JSON", e);
        }
    }

    private static Response file(String name, Format format, String content) {
        return Response.ok(content, format.type)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + format.ending + "\"")
                .build();
    }
}
