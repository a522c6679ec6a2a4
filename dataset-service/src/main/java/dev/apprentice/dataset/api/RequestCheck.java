package dev.apprentice.dataset.api;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * What holds of every request.
 *
 * <p>A body is of a JSON type: a web page of any origin may send text and forms without asking, but not these. A path has no
 * parameters ({@code /datasets/a;b}), which would be cut off without a word.
 */
class RequestCheck {

    private static final Pattern JSON = Pattern.compile(
            "application/(json|(x-)?(ndjson|jsonl|jsonlines))(\\s*;\\s*[\\w-]+=(\"[^\"]*\"|[\\w.:/-]+))*\\s*", Pattern.CASE_INSENSITIVE);

    private final CurrentVertxRequest vertx;

    RequestCheck(CurrentVertxRequest vertx) {
        this.vertx = vertx;
    }

    @ServerRequestFilter(preMatching = true)
    void check(ContainerRequestContext request) {
        String path = vertx.getCurrent().request().path(); // the request's own is without parameters
        if (path.indexOf(';') >= 0) {
            throw problem(Status.BAD_REQUEST, "Invalid path", "The path " + path + " holds ';', which no name may; leave it out.");
        }
        String type = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (request.getMethod().equals("POST") && (type == null || !JSON.matcher(type).matches())) {
            String what = type == null ? "The body has no Content-Type" : "The body's Content-Type is " + type;
            throw problem(Status.UNSUPPORTED_MEDIA_TYPE, "Not JSON", what
                    + "; send JSON with Content-Type application/json, or lines of it with application/x-ndjson.");
        }
    }

    private static HttpProblem problem(Status status, String title, String detail) {
        return HttpProblem.builder().withStatus(status).withTitle(title).withDetail(detail).build();
    }
}
