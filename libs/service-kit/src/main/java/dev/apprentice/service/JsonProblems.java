package dev.apprentice.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.jaxrs.WebApplicationExceptionMapper;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Says of a body that cannot be read what is wrong, and where: the extension's own mappers leave out the place. */
public class JsonProblems {

    /** Before the extension's, which have 999. */
    private static final int PRIORITY = 1;

    @ServerExceptionMapper(priority = PRIORITY)
    public Response unknownField(UnrecognizedPropertyException e) {
        String known = e.getKnownPropertyIds().stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
        return unreadable("there is no field '" + path(e) + "'; there are " + known);
    }

    @ServerExceptionMapper(priority = PRIORITY)
    public Response wrongValue(InvalidFormatException e) {
        return unreadable("field '" + path(e) + "' is '" + e.getValue() + "'; it must be " + a(e.getTargetType()));
    }

    @ServerExceptionMapper(priority = PRIORITY)
    public Response wrongType(MismatchedInputException e) {
        return unreadable(e.getPath().isEmpty()
                ? "the body must be " + a(e.getTargetType())
                : "field '" + path(e) + "' must be " + a(e.getTargetType()));
    }

    /** What is not JSON at all comes wrapped, and without a message. All else of this kind is mapped as before. */
    @ServerExceptionMapper(priority = PRIORITY)
    public Response notJson(WebApplicationException e) {
        if (e.getCause() instanceof JsonProcessingException json && json.getLocation() != null) {
            return unreadable("the body is not JSON at line " + json.getLocation().getLineNr() + ", column "
                    + json.getLocation().getColumnNr() + ": " + json.getOriginalMessage());
        }
        return new WebApplicationExceptionMapper().toResponse(e);
    }

    private static Response unreadable(String reason) {
        return HttpProblem.builder()
                .withStatus(Response.Status.BAD_REQUEST)
                .withTitle("Unreadable body")
                .withDetail(reason)
                .build()
                .toResponse();
    }

    /** Such as {@code training.lora.targets[2]}. */
    private static String path(MismatchedInputException e) {
        return e.getPath().stream()
                .map(JsonProblems::step)
                .collect(Collectors.joining())
                .substring(1);
    }

    private static String step(Reference step) {
        return step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName();
    }

    private static String a(Class<?> type) {
        if (type == Integer.class || type == Long.class || type == int.class || type == long.class) {
            return "a whole number";
        }
        if (Number.class.isAssignableFrom(type) || type == double.class) {
            return "a number";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type == Duration.class) {
            return "a duration such as PT10M";
        }
        if (Iterable.class.isAssignableFrom(type)) {
            return "a list";
        }
        return type == String.class ? "a text" : "an object";
    }
}
