package dev.apprentice.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.jaxrs.WebApplicationExceptionMapper;
import jakarta.annotation.Priority;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * Says at which line and column a request's body stops being JSON.
 *
 * <p>Quarkus wraps that into a {@link WebApplicationException} without a message. All others are mapped as before.
 */
@Provider
@Priority(MalformedJsonMapper.BEFORE_THE_OTHERS)
public class MalformedJsonMapper implements ExceptionMapper<WebApplicationException> {

    /** The library registers its mappers with 999; the smaller number comes first. */
    static final int BEFORE_THE_OTHERS = 998;

    private final ExceptionMapper<WebApplicationException> others = new WebApplicationExceptionMapper();

    @Override
    public Response toResponse(WebApplicationException exception) {
        if (exception.getCause() instanceof JsonProcessingException json && json.getLocation() != null) {
            return HttpProblem.builder()
                    .withStatus(exception.getResponse().getStatus())
                    .withTitle("Not JSON")
                    .withDetail("the body is not JSON at line " + json.getLocation().getLineNr() + ", column "
                            + json.getLocation().getColumnNr() + ": " + json.getOriginalMessage())
                    .build()
                    .toResponse();
        }
        return others.toResponse(exception);
    }
}
