package dev.apprentice.trainer.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.quarkiverse.resteasy.problem.jaxrs.WebApplicationExceptionMapper;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Says of a body that cannot be read what is wrong, and where: the extension's own mappers leave out the place. */
class JsonProblems {

    /** Before the extension's, which have 999. */
    private static final int PRIORITY = 1;

    @ServerExceptionMapper(priority = PRIORITY)
    Response unknownField(UnrecognizedPropertyException e) {
        String known = e.getKnownPropertyIds().stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
        return Problems.unreadable("there is no field '" + path(e) + "'; there are " + known).toResponse();
    }

    @ServerExceptionMapper(priority = PRIORITY)
    Response wrongValue(InvalidFormatException e) {
        return Problems.unreadable("field '" + path(e) + "' is '" + e.getValue() + "'; it must be "
                        + a(e.getTargetType()))
                .toResponse();
    }

    @ServerExceptionMapper(priority = PRIORITY)
    Response wrongType(MismatchedInputException e) {
        return Problems.unreadable("field '" + path(e) + "' must be " + a(e.getTargetType())).toResponse();
    }

    /** What is not JSON at all comes wrapped. */
    @ServerExceptionMapper(priority = PRIORITY)
    Response notJson(WebApplicationException e) {
        if (e.getCause() instanceof StreamReadException broken) {
            JsonLocation place = broken.getLocation();
            return Problems.unreadable("the body is not JSON at line " + place.getLineNr() + ", column "
                            + place.getColumnNr() + ": " + broken.getOriginalMessage())
                    .toResponse();
        }
        return new WebApplicationExceptionMapper().toResponse(e);
    }

    private static String path(MismatchedInputException e) {
        return e.getPath().stream().map(Reference::getFieldName).collect(Collectors.joining("."));
    }

    private static String a(Class<?> type) {
        if (type == Integer.class || type == Long.class) {
            return "a whole number";
        }
        if (type == Double.class) {
            return "a number";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        return type == String.class ? "a text" : "an object";
    }
}
