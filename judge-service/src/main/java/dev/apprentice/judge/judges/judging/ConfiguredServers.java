package dev.apprentice.judge.judges.judging;

import dev.apprentice.chat.ChatModels;
import dev.apprentice.chat.ChatServer;
import dev.apprentice.chat.OllamaSettings;
import dev.apprentice.chat.OpenAiSettings;
import dev.apprentice.contracts.run.JudgeName;
import dev.apprentice.judge.JudgeSettings;
import jakarta.enterprise.context.ApplicationScoped;

/** The Ollama server and the OpenAI-compatible server that the settings name. */
@ApplicationScoped
public class ConfiguredServers implements ChatServers {

    private static final ChatModels MODELS = new ChatModels("judge");

    private final JudgeSettings settings;

    ConfiguredServers(JudgeSettings settings) {
        this.settings = settings;
    }

    @Override
    public ChatServer of(JudgeName name) {
        return switch (name.server()) {
            case OLLAMA -> ollama(name.model(), settings.ollama());
            case OPENAI -> openAi(name.model(), settings.openai());
            case METRIC -> throw new IllegalArgumentException("a metric is no model: " + name.text());
        };
    }

    private static ChatServer ollama(String model, JudgeSettings.Ollama ollama) {
        return MODELS.ollama(model, new OllamaSettings(
                ollama.url(), ollama.timeout(), ollama.seed(), ollama.temperature(), ollama.numCtx(), ollama.maxTokens()));
    }

    private static ChatServer openAi(String model, JudgeSettings.OpenAi openAi) {
        return MODELS.openAi(model, new OpenAiSettings(
                openAi.url(), openAi.apiKey(), openAi.timeout(), openAi.seed(), openAi.temperature(), openAi.maxTokens(),
                openAi.context()));
    }
}
