package dev.apprentice.judge.judging;

import dev.apprentice.judge.JudgeSettings;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import jakarta.enterprise.context.ApplicationScoped;
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

    private ChatServer ollama(String model) {
        JudgeSettings.Ollama ollama = settings.ollama();
        OllamaChatModel client = OllamaChatModel.builder()
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
