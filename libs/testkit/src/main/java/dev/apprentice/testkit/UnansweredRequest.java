package dev.apprentice.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Asks a service for what no call of it answers. */
public final class UnansweredRequest {

    private UnansweredRequest() {}

    /** @return status, type and body of the answer, with a blank between them */
    public static String send(int port, String method, String path, String accept) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .header("Accept", accept)
                        .build(),
                BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.headers().firstValue("Content-Type").orElse("") + " " + answer.body();
    }
}
