package dev.apprentice.chat;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import java.net.http.HttpClient;
import java.util.Optional;

/**
 * Makes models that Ollama or an OpenAI-compatible server runs.
 *
 * @param role what the models are for, in one word for error messages, such as {@code judge}
 */
public record ChatModels(String role) {

    /** {@link Patience} asks again; a second layer that does so would multiply the questions. */
    private static final int NO_RETRIES = 0;
    /** Servers without keys mostly want to see one all the same. */
    private static final String NO_KEY = "none";

    /**
     * HTTP/1.1 alone: servers that know no other, vLLM's among them, lose the text of a question that comes with an offer of
     * HTTP/2, as the JDK's client makes it when left to itself.
     */
    static HttpClientBuilder plainHttp() {
        return AnswerErrors.above(
                new JdkHttpClientBuilder().httpClientBuilder(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)));
    }

    /** A model of an Ollama server. Reaches no server yet. */
    public ChatServer ollama(String model, OllamaSettings ollama) {
        OllamaChatModel client = OllamaChatModel.builder()
                .httpClientBuilder(plainHttp())
                .baseUrl(ollama.url().toString())
                .modelName(model)
                .seed(ollama.seed())
                .temperature(ollama.temperature())
                .numCtx(ollama.numCtx())
                .numPredict(ollama.maxTokens())
                .timeout(ollama.timeout())
                .maxRetries(NO_RETRIES)
                .build();
        return new LangChainServer(
                role,
                model,
                ollama.url().toString(),
                "ollama %s seed=%d temperature=%s num_ctx=%d num_predict=%d".formatted(
                        model, ollama.seed(), ollama.temperature(), ollama.numCtx(), ollama.maxTokens()),
                client,
                Optional.of(ollama.numCtx()),
                new OllamaDigest(ollama.url(), model),
                response -> Optional.empty());
    }

    /** A model of a server that speaks OpenAI's protocol. Reaches no server yet. */
    public ChatServer openAi(String model, OpenAiSettings openAi) {
        OpenAiChatModel client = OpenAiChatModel.builder()
                .httpClientBuilder(plainHttp())
                .baseUrl(openAi.url().toString())
                .apiKey(openAi.apiKey().orElse(NO_KEY))
                .modelName(model)
                .seed(openAi.seed())
                .temperature(openAi.temperature())
                .maxTokens(openAi.maxTokens())
                .timeout(openAi.timeout())
                .strictJsonSchema(true)
                .maxRetries(NO_RETRIES)
                .build();
        return new LangChainServer(
                role,
                model,
                openAi.url().toString(),
                "openai %s %s seed=%d temperature=%s max_tokens=%d".formatted(
                        openAi.url(), model, openAi.seed(), openAi.temperature(), openAi.maxTokens()),
                client,
                openAi.context(),
                Optional::empty,
                response -> response.metadata() instanceof OpenAiChatResponseMetadata metadata
                        ? Optional.ofNullable(metadata.systemFingerprint())
                        : Optional.empty());
    }
}
