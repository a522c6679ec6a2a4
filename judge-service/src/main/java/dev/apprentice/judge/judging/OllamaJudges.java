package dev.apprentice.judge.judging;

import dev.apprentice.judge.JudgeSettings;
import dev.langchain4j.model.ollama.OllamaChatModel;
import jakarta.enterprise.context.ApplicationScoped;

/** Judges that an Ollama server runs. */
@ApplicationScoped
public class OllamaJudges implements JudgeFactory {

    /** {@link PatientJudge} asks again; a second layer that does so would multiply the questions. */
    private static final int NO_RETRIES = 0;

    private final JudgeSettings.Ollama settings;

    OllamaJudges(JudgeSettings settings) {
        this.settings = settings.ollama();
    }

    @Override
    public Judge judge(String model) {
        OllamaChatModel client = OllamaChatModel.builder()
                .baseUrl(settings.url().toString())
                .modelName(model)
                .seed(settings.seed())
                .temperature(settings.temperature())
                .numCtx(settings.numCtx())
                .timeout(settings.timeout())
                .maxRetries(NO_RETRIES)
                .build();
        return new ChatModelJudge(model, settings.url().toString(), client, new TextbookRubric());
    }
}
