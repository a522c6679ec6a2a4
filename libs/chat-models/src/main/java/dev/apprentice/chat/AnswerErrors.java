package dev.apprentice.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.Shortened;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.time.Duration;
import java.util.Optional;

/**
 * An HTTP client that finds errors in answers with status 200, which LangChain4j's clients ignore. Gateways answer
 * <code>{"error": {"message": "..."}}</code> or <code>{"choices": []}</code>, an Ollama that was stopped <code>{"done":
 * false}</code>, and a server at a wrong address a web page. If an error is a web page or a redirect, only that fact is kept, not
 * the page.
 */
final class AnswerErrors implements HttpClient {

    private static final int QUOTED = 200;
    private static final int REDIRECTED = 3;

    private final HttpClient client;

    private AnswerErrors(HttpClient client) {
        this.client = client;
    }

    /** Returns a builder of clients that find errors, each on top of a client from {@code builder}. */
    static HttpClientBuilder above(HttpClientBuilder builder) {
        return new Builder(builder);
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        SuccessfulHttpResponse response = executed(request);
        errorIn(response.body()).ifPresent(words -> {
            throw new FoundException(words);
        });
        return response;
    }

    private SuccessfulHttpResponse executed(HttpRequest request) {
        try {
            return client.execute(request);
        } catch (HttpException e) {
            if (e.statusCode() / 100 == REDIRECTED) {
                throw new FoundException("the address redirects to another (status " + e.statusCode() + ")");
            }
            if (WebPage.isOne(e.getMessage())) {
                throw new HttpException(e.statusCode(), WebPage.WORDS + " (status " + e.statusCode() + ")");
            }
            throw e;
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        client.execute(request, parser, listener);
    }

    /** Returns the error in an answer, in the server's words if it has any; empty if there is none. */
    static Optional<String> errorIn(String body) {
        String text = body == null ? "" : body;
        if (WebPage.isOne(text)) {
            return Optional.of(WebPage.WORDS);
        }
        JsonNode answer;
        try {
            answer = Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) { // only the text is quoted: the parser's message would not help a user
            return Optional.of("its answer is not JSON: " + quoted(text));
        }
        if (!answer.isObject()) {
            return Optional.of(text.isBlank() ? "its answer is empty" : "its answer lacks the model's text: " + quoted(text));
        }
        if (answer.hasNonNull("error")) {
            JsonNode error = answer.get("error");
            return Optional.of(error.path("message").isTextual() ? error.get("message").textValue() : quoted(error));
        }
        if (answer.path("done").isBoolean() && !answer.get("done").booleanValue()) {
            return Optional.of("it stopped in the middle of its answer (done: false)");
        }
        boolean choices = answer.path("choices").isArray() && !answer.get("choices").isEmpty();
        boolean others = answer.has("message") || answer.has("models") || answer.has("data");
        return choices || others ? Optional.empty() : Optional.of("its answer lacks the model's text: " + quoted(answer));
    }

    private static String quoted(JsonNode node) {
        return quoted(node.isTextual() ? node.textValue() : node.toString());
    }

    private static String quoted(String text) {
        return Shortened.to(QUOTED, text);
    }

    /** An error that was found in an answer; the message is the server's. */
    static final class FoundException extends RuntimeException {

        FoundException(String message) {
            super(message);
        }
    }

    private record Builder(HttpClientBuilder builder) implements HttpClientBuilder {

        @Override
        public Duration connectTimeout() {
            return builder.connectTimeout();
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration timeout) {
            builder.connectTimeout(timeout);
            return this;
        }

        @Override
        public Duration readTimeout() {
            return builder.readTimeout();
        }

        @Override
        public HttpClientBuilder readTimeout(Duration timeout) {
            builder.readTimeout(timeout);
            return this;
        }

        @Override
        public HttpClient build() {
            return new AnswerErrors(builder.build());
        }
    }
}
