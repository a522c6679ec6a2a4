package dev.apprentice.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.apprentice.contracts.Json;
import dev.apprentice.local.system.Credential;
import dev.apprentice.local.system.Member;
import dev.apprentice.local.system.Ports;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Client of one service over HTTP: sends and reads JSON, and turns refusals into sentences. */
final class ServiceClient {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Timeout of a response: long enough for an upload or an answer on a slow machine. */
    private static final Duration ANSWER = Duration.ofMinutes(10);
    /** The timeout for requests that make a service download data, which may be large; the service itself gives up if no data comes. */
    private static final Duration FETCH = Duration.ofHours(12);
    private static final int FIRST_ERROR = 400;
    private static final int NOT_SIGNED_IN = 401;

    private final Member member;
    private final URI base;
    private final Optional<Credential> key;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();

    ServiceClient(Member member, Ports ports) {
        this.member = member;
        this.base = ports.url(member);
        this.key = ports.key();
    }

    /** Joins segments to a path and escapes each. */
    static String path(String... segments) {
        return Stream.of(segments)
                .map(segment -> URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/", "/", ""));
    }

    <T> T get(String path, TypeReference<T> type) {
        return parse(send(request(path).GET()).body(), type);
    }

    /** Returns the whole response, for callers that need its headers. */
    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    <T> T post(String path, Object body, TypeReference<T> type) {
        return post(path, BodyPublishers.ofString(json(body)), type);
    }

    /** Posts a request for which the service must first download something. */
    <T> T postToFetch(String path, Object body, TypeReference<T> type) {
        return post(request(path).timeout(FETCH), BodyPublishers.ofString(json(body)), type);
    }

    <T> T post(String path, BodyPublisher body, TypeReference<T> type) {
        return post(request(path), body, type);
    }

    private <T> T post(HttpRequest.Builder request, BodyPublisher body, TypeReference<T> type) {
        return parse(send(request.header("Content-Type", "application/json").POST(body)).body(), type);
    }

    /**
     * Posts JSON lines.
     *
     * @param notAnError an error status that is returned rather than thrown
     */
    HttpResponse<String> postLines(String path, List<String> lines, int notAnError) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(String.join("\n", lines)));
        return send(request, notAnError);
    }

    <T> T delete(String path, TypeReference<T> type) {
        return parse(send(request(path).DELETE()).body(), type);
    }

    /**
     * Returns the lines of a stream of server-sent events; the caller closes it.
     *
     * @param after the id of the last event already seen
     * @throws UnreachableException if the stream cannot be opened; if it breaks, reading it throws an
     *     {@link java.io.UncheckedIOException}
     */
    Stream<String> events(String path, Optional<String> after) {
        HttpRequest.Builder request = to(path).header("Accept", "text/event-stream");
        after.ifPresent(id -> request.header("Last-Event-ID", id));
        return lines(request.build());
    }

    /** Streams the lines of a response of any length; the caller closes the stream. */
    Stream<String> lines(String path) {
        return lines(to(path).timeout(ANSWER).header("Accept", "application/x-ndjson, application/problem+json").build());
    }

    /** Posts JSON and returns the lines of the events that answer it; the caller closes the stream. */
    Stream<String> postForEvents(String path, Object body) {
        return lines(to(path)
                .timeout(ANSWER)
                .header("Accept", "text/event-stream, application/problem+json")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json(body)))
                .build());
    }

    private Stream<String> lines(HttpRequest request) {
        try {
            HttpResponse<Stream<String>> response = http.send(request, BodyHandlers.ofLines());
            if (response.statusCode() >= FIRST_ERROR) {
                throw refusal(response.statusCode(), response.body().collect(Collectors.joining("\n")));
            }
            return response.body();
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return to(path).header("Accept", "application/json").timeout(ANSWER);
    }

    private HttpRequest.Builder to(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
        key.ifPresent(present -> request.header("Authorization", "Bearer " + present.value()));
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, 0);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, int notAnError) {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            if (response.statusCode() >= FIRST_ERROR && response.statusCode() != notAnError) {
                throw refusal(response.statusCode(), response.body());
            }
            return response;
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    ServiceException refusal(int status, String body) {
        String signIn = status == NOT_SIGNED_IN ? "; --api-key-file FILE or " + Credential.VARIABLE + " gives this command a key" : "";
        return new ServiceException(status, member + " says: " + Problem.read(status, body).text() + signIn);
    }

    private UnreachableException unreachable(IOException e) {
        String why = e instanceof ConnectException ? "nothing listens there" : String.valueOf(e.getMessage());
        return new UnreachableException(
                member + " does not answer at " + base + " (" + why + "); see `apprentice status` and `apprentice logs "
                        + member + "`.",
                e);
    }

    private UnreachableException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new UnreachableException("Waiting for " + member + " was interrupted.", e);
    }

    private static String json(Object body) {
        try {
            return Json.MAPPER.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    <T> T parse(String body, TypeReference<T> type) {
        try {
            return Json.MAPPER.readValue(body, type);
        } catch (JsonProcessingException e) {
            throw new UnreachableException(
                    member + " at " + base + " sent a response that this command cannot read; it may be of another version."
                            + " `apprentice down` and `apprentice up` start the services of this version.",
                    e);
        }
    }
}
