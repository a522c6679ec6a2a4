package dev.apprentice.service.http;

import static dev.apprentice.contracts.Require.shown;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers requests that no endpoint accepts with a problem that tells where to look. JAX-RS would return the status alone. */
public class UnansweredRequests {

    private static final int PRIORITY = 1;
    private static final String CALLS = "GET /q/openapi lists all calls of this service";

    @ServerExceptionMapper(priority = PRIORITY)
    public Response nothingThere(NotFoundException e, UriInfo uri) {
        return problem(Status.NOT_FOUND, "Not found", "There is nothing at " + path(uri) + "; " + CALLS + ".");
    }

    @ServerExceptionMapper(priority = PRIORITY)
    public Response notThisMethod(NotAllowedException e, UriInfo uri, Request request) {
        return problem(Status.METHOD_NOT_ALLOWED, "Method not allowed", path(uri) + " does not take " + request.getMethod() + "; " + CALLS + ".");
    }

    @ServerExceptionMapper(priority = PRIORITY)
    public Response notInThisType(NotAcceptableException e, UriInfo uri, HttpHeaders headers) {
        return problem(Status.NOT_ACCEPTABLE, "Not acceptable", path(uri) + " is not answered as "
                + shown(headers.getHeaderString(HttpHeaders.ACCEPT)) + "; leave the Accept header out, or see in GET /q/openapi what"
                + " there is.");
    }

    private static Response problem(Status status, String title, String detail) {
        return HttpProblem.builder().withStatus(status).withTitle(title).withDetail(detail).build().toResponse();
    }

    private static String path(UriInfo uri) {
        return shown(uri.getRequestUri().getRawPath());
    }
}
