package dev.apprentice.service.signin;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers callers who have not signed in or lack a role. The extension's own mappers do not work with this Quarkus version. */
public class RefusedCallers {

    /** Takes precedence over the extension's mappers, which have priority 999. */
    private static final int PRIORITY = 1;

    private final SecurityIdentity caller;
    private final SignIn signIn;

    RefusedCallers(SecurityIdentity caller, SignIn signIn) {
        this.caller = caller;
        this.signIn = signIn;
    }

    @ServerExceptionMapper(priority = PRIORITY)
    public Response invalidCredentials(AuthenticationFailedException e, HttpHeaders headers) {
        return notSignedIn(headers);
    }

    @ServerExceptionMapper(priority = PRIORITY)
    public Response noCredentials(UnauthorizedException e, HttpHeaders headers) {
        return notSignedIn(headers);
    }

    private Response notSignedIn(HttpHeaders headers) {
        return Response.status(Challenge.STATUS)
                .header(Challenge.HEADER, signIn.challenge().scheme())
                .type("application/problem+json")
                .entity(signIn.challenge().problem(headers.getHeaderString(HttpHeaders.AUTHORIZATION)))
                .build();
    }

    @ServerExceptionMapper(priority = PRIORITY)
    public Response roleMissing(ForbiddenException e, ContainerRequestContext request, ResourceInfo endpoint) {
        List<String> held = Roles.ALL.stream().filter(caller::hasRole).toList();
        return HttpProblem.builder()
                .withStatus(Response.Status.FORBIDDEN)
                .withTitle("Role missing")
                .withDetail("%s %s needs the role %s; '%s' has %s".formatted(
                        request.getMethod(),
                        request.getUriInfo().getPath(),
                        needed(endpoint.getResourceMethod()),
                        caller.getPrincipal().getName(),
                        held.isEmpty() ? "none" : String.join(", ", held)))
                .build()
                .toResponse();
    }

    private static String needed(Method endpoint) {
        RolesAllowed allowed = endpoint.getAnnotation(RolesAllowed.class);
        RolesAllowed ofAll = endpoint.getDeclaringClass().getAnnotation(RolesAllowed.class);
        return String.join(" or ", (allowed == null ? ofAll : allowed).value());
    }
}
