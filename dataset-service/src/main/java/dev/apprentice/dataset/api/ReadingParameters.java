package dev.apprentice.dataset.api;

import dev.apprentice.contracts.run.DataReading;
import dev.apprentice.contracts.run.DataReading.Turns;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.contracts.settings.Objection;
import dev.apprentice.contracts.settings.Settings;
import dev.apprentice.dataset.datasets.catalog.KeptTemplates;
import dev.apprentice.dataset.datasets.reading.ReadSettings;
import dev.apprentice.prompts.task.TaskTemplate;
import dev.apprentice.service.http.QueryParameters;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The query parameters that say how data is read; see {@link DataReading}. */
public class ReadingParameters {

    @Parameter(description = "The file's name, whose extension tells CSV, TSV and Markdown")
    @QueryParam("file")
    String file;

    @Parameter(description = "A mapping from a layout's or template's field to the data's field: instruction=prompt")
    @QueryParam("field")
    List<String> fields;

    @Parameter(description = "Whether one unusable entry refuses all the data", schema = @Schema(type = SchemaType.BOOLEAN))
    @QueryParam("strict")
    String strict;

    @Parameter(description = "all or last: which answers of a conversation are learned")
    @QueryParam("turns")
    String turns;

    @Parameter(description = "A task template that makes examples from labelled rows: a bundled one, or the name that POST /templates"
            + " returned")
    @QueryParam("template")
    String template;

    @Parameter(description = "An SQL expression (DuckDB) over a row's fields; rows of which it is not true are left out")
    @QueryParam("filter")
    String filter;

    @Parameter(
            description = "How many rows to draw after the filter, or, below 1, which share of them",
            schema = @Schema(type = SchemaType.NUMBER))
    @QueryParam("sample")
    String sample;

    @Parameter(description = "Personal data to replace, separated by commas: email, phone, phone:DE, card, ip")
    @QueryParam("mask")
    String mask;

    @Parameter(description = "The texts' encoding if it is not UTF-8, such as windows-1252")
    @QueryParam("encoding")
    String encoding;

    @Parameter(description = "The seed of the sample and of the template's wordings", schema = @Schema(type = SchemaType.INTEGER, format = "int64"))
    @QueryParam("seed")
    String seed;

    /** @throws HttpProblem if a parameter has an invalid value */
    ReadSettings settings(KeptTemplates templates) throws IOException {
        DataReading reading = new DataReading(
                fields,
                said(strict).map(text -> QueryParameters.flag("strict", text)),
                said(turns).map(text -> QueryParameters.oneOf("turns", text, Turns.class)),
                said(template),
                said(filter),
                said(sample).map(text -> QueryParameters.decimal("sample", text)),
                said(mask).map(kinds -> Arrays.asList(kinds.split(","))).orElse(List.of()),
                said(encoding));
        Optional<Objection> objection = Settings.objections(reading).stream().findFirst();
        if (objection.isPresent()) {
            throw refused(objection.get().path().get(0) + " " + objection.get().rule());
        }
        try {
            Optional<TaskTemplate> task = reading.template().isPresent()
                    ? Optional.of(templates.find(reading.template().get())) : Optional.empty();
            return ReadSettings.of(reading, task, said(seed)
                    .map(text -> QueryParameters.whole("seed", text, Long.MIN_VALUE, Long.MAX_VALUE))
                    .orElse(Training.DEFAULTS.seed()));
        } catch (IllegalArgumentException e) {
            throw refused(e.getMessage());
        }
    }

    /** Returns a parameter's value; empty if it is left out or blank, as forms send it. */
    static Optional<String> said(String text) {
        return Optional.ofNullable(text).map(String::strip).filter(some -> !some.isEmpty());
    }

    static HttpProblem refused(String why) {
        return refused("Invalid query", why);
    }

    static HttpProblem refused(String what, String why) {
        return HttpProblem.builder()
                .withStatus(Status.BAD_REQUEST)
                .withTitle(what)
                .withDetail(why + ".")
                .build();
    }
}
