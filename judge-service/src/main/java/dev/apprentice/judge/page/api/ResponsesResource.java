package dev.apprentice.judge.page.api;

import dev.apprentice.contracts.event.Report;
import dev.apprentice.judge.responses.ResponsePage;
import dev.apprentice.judge.responses.ResponseQuery;
import dev.apprentice.judge.responses.ResponseQuery.Direction;
import dev.apprentice.judge.responses.ScoredResponse;
import dev.apprentice.judge.responses.ScoredResponses;
import dev.apprentice.service.http.QueryParameters;
import dev.apprentice.service.signin.Roles;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Serves all answers of a checkpoint, page by page. */
@Path("/reports/{run}/{step}/responses")
@RolesAllowed(Roles.VIEWER)
@Tag(name = "reports")
@Blocking
public class ResponsesResource {

    static final int MOST_A_PAGE = 500;
    private static final int A_PAGE = 25;
    private static final int BASE = 0;

    private final Checkpoints checkpoints;
    private final ScoredResponses responses;

    ResponsesResource(Checkpoints checkpoints, ScoredResponses responses) {
        this.checkpoints = checkpoints;
        this.responses = responses;
    }

    /**
     * A page of a checkpoint's answers.
     *
     * @param run the run
     * @param step the checkpoint's step
     * @param total answers of the checkpoint
     * @param matching how many of them match the filters
     * @param page the page's number, from 1
     * @param size answers on a full page
     * @param responses the answers on the page
     */
    public record Page(
            String run, int step, int total, int matching, int page, int size, List<AnsweredExample> responses) {}

    @GET
    @Operation(summary = "A checkpoint's answers with their scores, next to the base model's")
    @APIResponse(responseCode = "200", description = "The page; one beyond the last is empty")
    @APIResponse(responseCode = "400", description = "A parameter cannot be used")
    @APIResponse(responseCode = "404", description = "The run has no report, or none on that step")
    @APIResponse(responseCode = "503", description = "The answers are still being read in")
    public Page responses(
            @RestPath String run,
            @RestPath("step") String given,
            @Parameter(description = "Which page, from 1") @RestQuery Optional<String> page,
            @Parameter(description = "Answers a page, 1 to 500; 25 by default") @RestQuery Optional<String> size,
            @Parameter(description = "The figure to sort by: a metric's name, or judge: and the judge's name; without it, the exam's order")
                    @RestQuery Optional<String> sort,
            @Parameter(description = "asc or desc") @RestQuery Optional<String> order,
            @Parameter(description = "The figure that min and max are about") @RestQuery Optional<String> score,
            @Parameter(description = "The minimum of that figure") @RestQuery Optional<String> min,
            @Parameter(description = "The maximum of that figure") @RestQuery Optional<String> max,
            @Parameter(description = "A text that the question, the reference or the answer must contain; case is ignored")
                    @RestQuery Optional<String> text) {
        int step = QueryParameters.number("step", given, 0);
        Report report = checkpoints.at(run, step);
        int number = QueryParameters.given(page)
                .map(value -> QueryParameters.number("page", value, 1, Integer.MAX_VALUE / MOST_A_PAGE))
                .orElse(1);
        int most = QueryParameters.given(size).map(value -> QueryParameters.number("size", value, 1, MOST_A_PAGE)).orElse(A_PAGE);
        ResponseQuery query = query(text, sort, order, score, min, max).page((number - 1) * most, most);
        ResponsePage found = responses.page(report.run(), report.step(), query);
        return new Page(
                run,
                step,
                found.total(),
                found.matching(),
                number,
                most,
                found.responses().stream().map(this::withBase).toList());
    }

    private AnsweredExample withBase(ScoredResponse scored) {
        return AnsweredExample.of(
                scored,
                scored.response().step() == BASE
                        ? Optional.empty()
                        : responses.find(scored.response().run(), BASE, scored.response().example()));
    }

    private static ResponseQuery query(
            Optional<String> text,
            Optional<String> sort,
            Optional<String> order,
            Optional<String> score,
            Optional<String> min,
            Optional<String> max) {
        ResponseQuery query = ResponseQuery.ALL;
        if (QueryParameters.given(text).isPresent()) {
            query = query.containing(text.get());
        }
        if (QueryParameters.given(sort).filter(figure -> !figure.equals("index")).isPresent()) {
            query = query.sortedBy(
                    sort.get(),
                    QueryParameters.given(order).map(value -> QueryParameters.oneOf("order", value, Order.class)).orElse(Order.ASC).direction);
        }
        if (QueryParameters.given(min).or(() -> QueryParameters.given(max)).isPresent()) {
            query = query.within(
                    QueryParameters.given(score).orElseThrow(() -> QueryParameters.unusable(
                            "score", "", "the figure that min and max are about, such as token_f1 or judge:llama3")),
                    QueryParameters.given(min).map(value -> QueryParameters.decimal("min", value)).orElse(Double.NEGATIVE_INFINITY),
                    QueryParameters.given(max).map(value -> QueryParameters.decimal("max", value)).orElse(Double.POSITIVE_INFINITY));
        }
        return query;
    }

    private enum Order {
        ASC(Direction.ASCENDING),
        DESC(Direction.DESCENDING);

        private final Direction direction;

        Order(Direction direction) {
            this.direction = direction;
        }
    }
}
