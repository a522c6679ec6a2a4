package dev.apprentice.judge.judges.judging;

import dev.apprentice.contracts.JudgeName;
import dev.apprentice.judge.JudgeSettings;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.http.HttpClient;
import java.util.Optional;

/** The Ollama server and the OpenAI-compatible server that the settings name. */
@ApplicationScoped
public class ConfiguredServers implements ChatServers {

    /** {@link Patience} asks again; a second layer that does so would multiply the questions. */
    private static final int NO_RETRIES = 0;
    /** Servers without keys mostly want to see one all the same. */
    private static final String NO_KEY = "none";

    private final JudgeSettings settings;

    ConfiguredServers(JudgeSettings settings) {
        this.settings = settings;
    }

    @Override
    public ChatServer of(JudgeName name) {
        return switch (name.server()) {
            case OLLAMA -> ollama(name.model());
            case OPENAI -> openAi(name.model());
            case METRIC -> throw new IllegalArgumentException("a metric is no model: " + name.text());
        };
    }

    /**
     * HTTP/1.1 alone: servers that know no other, vLLM's among them, lose the text of a question that comes with an offer of
     * HTTP/2, as the JDK's client makes it when left to itself.
     */
    static HttpClientBuilder plainHttp() {
        return AnswerErrors.above(
                new JdkHttpClientBuilder().httpClientBuilder(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)));
    }

    private ChatServer ollama(String model) {
        JudgeSettings.Ollama ollama = settings.ollama();
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
                model,
                ollama.url().toString(),
                "ollama %s seed=%d temperature=%s num_ctx=%d num_predict=%d".formatted(
                        model, ollama.seed(), ollama.temperature(), ollama.numCtx(), ollama.maxTokens()),
                client,
                Optional.of(ollama.numCtx()),
                new OllamaDigest(ollama.url(), model),
                response -> Optional.empty());
    }

    private ChatServer openAi(String model) {
        JudgeSettings.OpenAi openAi = settings.openai();
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
