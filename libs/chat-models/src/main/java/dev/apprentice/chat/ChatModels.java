package dev.apprentice.chat;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import java.net.http.HttpClient;
import java.util.Optional;

/**
 * Creates clients of chat models on an Ollama or an OpenAI-compatible server.
 *
 * @param role the purpose of the models, in one word for error messages, such as {@code judge}
 */
public record ChatModels(String role) {

    /** No retries by LangChain4j: {@link Patience} retries, and a second layer of retries would multiply the questions. */
    private static final int NO_RETRIES = 0;
    /** The key for servers without keys, since most of them require a key nevertheless. */
    private static final String NO_KEY = "none";

    /**
     * Returns a client for HTTP/1.1 only. By default, the JDK's client offers an upgrade to HTTP/2. Servers that support only
     * HTTP/1.1, such as vLLM, then lose the text of the question.
     */
    static HttpClientBuilder plainHttp() {
        return AnswerErrors.above(
                new JdkHttpClientBuilder().httpClientBuilder(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)));
    }

    /** Creates a client of a model on an Ollama server. Contacts no server yet. */
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

    /** Creates a client of a model on a server with OpenAI's protocol. Contacts no server yet. */
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
