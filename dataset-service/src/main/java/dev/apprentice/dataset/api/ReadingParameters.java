package dev.apprentice.dataset.api;

import dev.apprentice.contracts.run.DataReading;
import dev.apprentice.contracts.run.DataReading.Turns;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.contracts.settings.Objection;
import dev.apprentice.contracts.settings.Settings;
import dev.apprentice.dataset.datasets.catalog.KeptTemplates;
import dev.apprentice.dataset.datasets.reading.ReadSettings;
import dev.apprentice.prompts.task.TaskTemplate;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The query parameters that say how data is read; see {@link DataReading}. */
public class ReadingParameters {

    @Parameter(description = "The file's name, whose extension tells CSV, TSV and Markdown")
    @QueryParam("file")
    String file;

    @Parameter(description = "A mapping from a layout's or template's field to the data's field: instruction=prompt")
    @QueryParam("field")
    List<String> fields;

    @Parameter(description = "Whether one unusable entry refuses all the data")
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

    @Parameter(description = "How many rows to draw after the filter, or, below 1, which share of them")
    @QueryParam("sample")
    Double sample;

    @Parameter(description = "Personal data to replace, separated by commas: email, phone, phone:DE, card, ip")
    @QueryParam("mask")
    String mask;

    @Parameter(description = "The texts' encoding if it is not UTF-8, such as windows-1252")
    @QueryParam("encoding")
    String encoding;

    @Parameter(description = "The seed of the sample and of the template's wordings")
    @QueryParam("seed")
    Long seed;

    /** @throws HttpProblem if a parameter has an invalid value */
    ReadSettings settings(KeptTemplates templates) throws IOException {
        DataReading reading = new DataReading(
                fields,
                Optional.ofNullable(strict).map(ReadingParameters::flag),
                Optional.ofNullable(turns).map(ReadingParameters::turns),
                said(template),
                said(filter),
                Optional.ofNullable(sample),
                said(mask).map(kinds -> Arrays.asList(kinds.split(","))).orElse(List.of()),
                said(encoding));
        Optional<Objection> objection = Settings.objections(reading).stream().findFirst();
        if (objection.isPresent()) {
            throw refused(objection.get().path().get(0) + " " + objection.get().rule());
        }
        try {
            Optional<TaskTemplate> task = reading.template().isPresent()
                    ? Optional.of(templates.find(reading.template().get())) : Optional.empty();
            return ReadSettings.of(reading, task, seed == null ? Training.DEFAULTS.seed() : seed);
        } catch (IllegalArgumentException e) {
            throw refused(e.getMessage());
        }
    }

    private static Optional<String> said(String text) {
        return Optional.ofNullable(text).map(String::strip).filter(some -> !some.isEmpty());
    }

    private static boolean flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw refused("strict is '" + text + "'; it must be true or false");
        }
        return text.equals("true");
    }

    private static Turns turns(String text) {
        return switch (text) {
            case "all" -> Turns.ALL;
            case "last" -> Turns.LAST;
            default -> throw refused("turns is '" + text + "'; it must be all or last");
        };
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
