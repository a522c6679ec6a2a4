package dev.apprentice.service.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.apprentice.contracts.JsonReason;
import dev.apprentice.contracts.Require;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.jaxrs.WebApplicationExceptionMapper;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Maps an unreadable body to a 400 that says what is wrong and where; the extension's own mappers leave out the place. */
public class JsonProblems {

    /** Takes precedence over the extension's mappers, which have priority 999. */
    private static final int PRIORITY = 1;

    @ServerExceptionMapper(priority = PRIORITY)
    public Response unknownField(UnrecognizedPropertyException e) {
        String known = e.getKnownPropertyIds().stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
        return unreadable("there is no field '" + path(e) + "'; the fields are " + known);
    }

    @ServerExceptionMapper(priority = PRIORITY)
    public Response wrongValue(InvalidFormatException e) {
        return unreadable(
                e.getPath().isEmpty()
                        ? "the body must be " + a(e.getTargetType())
                        : "field '" + path(e) + "' is '" + shown(e.getValue()) + "'; it must be " + a(e.getTargetType()));
    }

    @ServerExceptionMapper(priority = PRIORITY)
    public Response wrongType(MismatchedInputException e) {
        return unreadable(e.getPath().isEmpty()
                ? "the body must be " + a(e.getTargetType())
                : "field '" + path(e) + "' must be " + a(e.getTargetType()));
    }

    /**
     * Maps text that is not JSON, whose exception comes wrapped and without a message. Other exceptions of this type go to the
     * default mapper.
     */
    @ServerExceptionMapper(priority = PRIORITY)
    public Response notJson(WebApplicationException e) {
        if (e.getCause() instanceof MismatchedInputException mismatch) {
            return wrongType(mismatch);
        }
        return e.getCause() instanceof JsonProcessingException json ? notJson(json) : new WebApplicationExceptionMapper().toResponse(e);
    }

    /** Maps a limit of the parser: on nesting, or on the length of a number or a name. */
    @ServerExceptionMapper(priority = PRIORITY)
    public Response beyondALimit(StreamConstraintsException e) {
        return notJson(e);
    }

    /** Maps a content type that the endpoint does not take. {@code RequestGuard} has let it pass because another endpoint does. */
    @ServerExceptionMapper(priority = PRIORITY)
    public Response notThisType(NotSupportedException e, HttpHeaders headers) {
        return HttpProblem.builder()
                .withStatus(Response.Status.UNSUPPORTED_MEDIA_TYPE)
                .withTitle("Not JSON")
                .withDetail("The body's Content-Type is " + headers.getMediaType()
                        + "; send JSON with Content-Type application/json.")
                .build()
                .toResponse();
    }

    private static Response notJson(JsonProcessingException e) {
        if (e.getCause() instanceof HttpProblem refused) {
            return refused.toResponse(); // a body that was refused while it was read
        }
        if (e instanceof ValueInstantiationException refused && refused.getCause() != null) {
            return unreadable(refused.getCause().getMessage()); // the message of our own constructor
        }
        if (e instanceof JsonMappingException mapping && mapping.getCause() instanceof JsonProcessingException cause) {
            return notJson(cause); // a limit exceeded within a field
        }
        return unreadable("the body is " + JsonReason.of(e));
    }

    private static Response unreadable(String reason) {
        return HttpProblem.builder()
                .withStatus(Response.Status.BAD_REQUEST)
                .withTitle("Unreadable body")
                .withDetail(reason)
                .build()
                .toResponse();
    }

    /** Returns the field's path, such as {@code training.lora.targets[2]}. */
    private static String path(MismatchedInputException e) {
        String path = e.getPath().stream().map(JsonProblems::step).collect(Collectors.joining());
        return shown(path.startsWith(".") ? path.substring(1) : path);
    }

    private static String shown(Object value) {
        return Require.shown(String.valueOf(value));
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
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
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
