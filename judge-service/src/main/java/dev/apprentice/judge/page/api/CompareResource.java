package dev.apprentice.judge.page.api;

import dev.apprentice.contracts.event.Report;
import dev.apprentice.judge.page.compare.Comparisons;
import dev.apprentice.judge.page.compare.Comparisons.Pair;
import dev.apprentice.judge.page.compare.Figure;
import dev.apprentice.judge.page.compare.Outcome;
import dev.apprentice.service.http.QueryParameters;
import dev.apprentice.service.signin.Roles;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** Compares checkpoints of one run or of several. */
@Path("/reports/compare")
@RolesAllowed(Roles.VIEWER)
@Tag(name = "reports")
@Blocking
public class CompareResource {

    private static final String WHICH =
            "Checkpoints as run@step, separated by commas; without a step the run's last one that is graded in full";
    private static final int MOST = 8;
    private static final int A_PAGE = 25;

    private final Checkpoints checkpoints;
    private final Comparisons comparisons;

    CompareResource(Checkpoints checkpoints, Comparisons comparisons) {
        this.checkpoints = checkpoints;
        this.comparisons = comparisons;
    }

    /**
     * The comparison of several checkpoints.
     *
     * @param candidates the report on each, in the requested order
     * @param pairs the first checkpoint compared with each other one, on the examples that both have answered; wins are the
     *     first's
     */
    public record Compared(List<Graded> candidates, List<Pair> pairs) {}

    /**
     * A compared checkpoint.
     *
     * @param run its run
     * @param report its report
     */
    public record Graded(String run, RunReport.StepReport report) {}

    /**
     * An example that two checkpoints have answered.
     *
     * @param left the first's answer; its base is left out
     * @param right the other's answer
     * @param outcome whether the first wins by the requested figure
     */
    public record Contest(
            AnsweredExample left, AnsweredExample.Answer right, Optional<Outcome> outcome) {}

    /**
     * A page of these examples.
     *
     * @param matching how many examples there are on all pages
     * @param page the page's number, from 1
     * @param size examples on a full page
     * @param examples the page
     */
    public record Contests(int matching, int page, int size, List<Contest> examples) {}

    @GET
    @Operation(summary = "Two or more checkpoints by every figure: means, wins, losses and ties")
    @APIResponse(responseCode = "200", description = "The comparison")
    @APIResponse(responseCode = "400", description = "Fewer than two checkpoints are named, or more than eight")
    @APIResponse(responseCode = "404", description = "A run has no report, or none on that step")
    public Compared compare(@Parameter(description = WHICH) @RestQuery Optional<String> runs) {
        List<Report> reports = named(runs, 2, MOST);
        return new Compared(
                reports.stream().map(report -> new Graded(report.run(), RunReport.StepReport.of(report))).toList(),
                comparisons.pairs(
                        Checkpoints.candidate(reports.get(0)), reports.stream().skip(1).map(Checkpoints::candidate).toList()));
    }

    @GET
    @Path("/examples")
    @Operation(summary = "Two checkpoints, example by example")
    @APIResponse(responseCode = "200", description = "The page; one beyond the last is empty")
    @APIResponse(responseCode = "400", description = "A parameter cannot be used")
    @APIResponse(responseCode = "404", description = "A run has no report, or none on that step")
    public Contests examples(
            @Parameter(description = "Two checkpoints. " + WHICH) @RestQuery Optional<String> runs,
            @Parameter(description = "The figure that decides which checkpoint wins") @RestQuery Optional<String> score,
            @Parameter(description = "win, loss or tie of the first checkpoint; without it all examples") @RestQuery Optional<String> outcome,
            @Parameter(description = "A text that the question, the reference or an answer must contain") @RestQuery Optional<String> text,
            @RestQuery Optional<String> page,
            @RestQuery Optional<String> size) {
        List<Report> two = named(runs, 2, 2);
        int number = QueryParameters.given(page)
                .map(value -> QueryParameters.number("page", value, 1, Integer.MAX_VALUE / ResponsesResource.MOST_A_PAGE))
                .orElse(1);
        int most = QueryParameters.given(size)
                .map(value -> QueryParameters.number("size", value, 1, ResponsesResource.MOST_A_PAGE))
                .orElse(A_PAGE);
        Comparisons.Examples found = comparisons.examples(
                Checkpoints.candidate(two.get(0)),
                Checkpoints.candidate(two.get(1)),
                QueryParameters.given(score).map(Figure::new),
                QueryParameters.given(outcome).map(value -> QueryParameters.oneOf("outcome", value, Outcome.class)),
                QueryParameters.given(text),
                (number - 1) * most,
                most);
        return new Contests(
                found.matching(),
                number,
                most,
                found.examples().stream()
                        .map(example -> new Contest(
                                AnsweredExample.of(example.left(), Optional.empty()),
                                AnsweredExample.Answer.of(example.right()),
                                example.outcome()))
                        .toList());
    }

    private List<Report> named(Optional<String> runs, int atLeast, int atMost) {
        List<String> names = QueryParameters.given(runs).map(all -> Arrays.asList(all.split(","))).orElse(List.of());
        if (names.size() < atLeast || names.size() > atMost) {
            throw QueryParameters.unusable("runs", runs.orElse(""), (atLeast == atMost ? "" + atLeast : atLeast + " to " + atMost)
                    + " checkpoints such as first-run,second-run@116");
        }
        return names.stream().map(String::trim).map(checkpoints::named).toList();
    }
}
