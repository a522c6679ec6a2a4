package dev.apprentice.cli.command.generate;

import dev.apprentice.chat.ChatModels;
import dev.apprentice.chat.ChatServer;
import dev.apprentice.chat.OllamaSettings;
import dev.apprentice.chat.OpenAiSettings;
import dev.apprentice.chat.Patience;
import dev.apprentice.chat.Retries;
import dev.apprentice.cli.command.option.DurationConverter;
import dev.apprentice.cli.command.option.OptionRange;
import dev.apprentice.cli.generate.AskedModel;
import dev.apprentice.cli.generate.ScoringJudge;
import dev.apprentice.contracts.run.JudgeName;
import dev.apprentice.local.CommandException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options for the models that are asked, their servers, and how they are asked. */
final class ModelOptions {

    private static final String NO_JUDGE = "none";
    private static final Duration DELAY = Duration.ofSeconds(1);
    private static final Duration MOST_DELAY = Duration.ofSeconds(10);
    /** Failures in a row that open the circuit breaker; so many that the command ends before. */
    private static final int NO_BREAKER = 1_000;
    private static final int MOST_SCORE = 100;
    private static final int MOST_PARALLEL = 64;
    private static final int MOST_TEMPERATURE = 2;

    @Option(names = "--model", required = true, paramLabel = "[SERVER:]MODEL",
            description = "The model that writes: ollama:llama3.1, or openai:NAME on any server that speaks OpenAI's protocol.")
    private String model;

    @Option(names = "--judge", paramLabel = "[SERVER:]MODEL",
            description = "The model that judges what was written (default: the one that writes); none keeps everything.")
    private Optional<String> judge;

    @Option(names = "--min-score", paramLabel = "N", defaultValue = "70",
            description = "The judge's score, 0 to 100, below which an example is rejected (default: 70).")
    private int minScore;

    @Option(names = "--ollama-url", paramLabel = "URL",
            defaultValue = "${env:APPRENTICE_JUDGE_OLLAMA_URL:-http://localhost:11434}",
            description = "Where Ollama is (default: $APPRENTICE_JUDGE_OLLAMA_URL, else http://localhost:11434).")
    private URI ollamaUrl;

    @Option(names = "--openai-url", paramLabel = "URL",
            defaultValue = "${env:APPRENTICE_JUDGE_OPENAI_URL:-http://localhost:8000/v1}",
            description = "Where the other server is, up to and with its version (default: $APPRENTICE_JUDGE_OPENAI_URL, else"
                    + " http://localhost:8000/v1). Its key is $APPRENTICE_JUDGE_OPENAI_API_KEY.")
    private URI openAiUrl;

    @Option(names = "--temperature", paramLabel = "T", defaultValue = "0.7",
            description = "Temperature of the model that writes (default: 0.7); the judge's is 0.")
    private double temperature;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "123", description = "Seed of all draws (default: 123).")
    private int seed;

    @Option(names = "--context", paramLabel = "N", defaultValue = "8192",
            description = "Tokens of context that Ollama gives a model (default: 8192).")
    private int context;

    @Option(names = "--max-tokens", paramLabel = "N", defaultValue = "2048",
            description = "Tokens that one answer may have (default: 2048).")
    private int maxTokens;

    @Option(names = "--timeout", paramLabel = "TIME", defaultValue = "5m", converter = DurationConverter.class,
            description = "How long one answer may take (default: 5m).")
    private Duration timeout;

    @Option(names = "--tries", paramLabel = "N", defaultValue = "3",
            description = "Attempts for a question that gets no answer (default: 3).")
    private int tries;

    @Option(names = "--parallel", paramLabel = "N", defaultValue = "4",
            description = "How many questions are asked at the same time (default: 4).")
    private int parallel;

    /** Checks the numbers. @throws CommandException if one is out of range */
    void check() {
        OptionRange.within("--min-score", minScore, 0, MOST_SCORE);
        OptionRange.atLeast("--context", context, 1);
        OptionRange.atLeast("--max-tokens", maxTokens, 1);
        OptionRange.atLeast("--tries", tries, 1);
        OptionRange.within("--parallel", parallel, 1, MOST_PARALLEL);
        OptionRange.within("--temperature", temperature, 0, MOST_TEMPERATURE);
        if (timeout.isNegative() || timeout.isZero()) {
            throw new CommandException("--timeout must be above 0, such as 5m.");
        }
    }

    int parallel() {
        return parallel;
    }

    int seed() {
        return seed;
    }

    AskedModel writer() {
        return asked("model", named("--model", model), temperature);
    }

    /** Returns the model that judges; empty if everything is kept unjudged. */
    Optional<AskedModel> judgeModel() {
        String name = judge.orElse(model);
        return name.equals(NO_JUDGE)
                ? Optional.empty()
                : Optional.of(asked("judge", named(judge.isPresent() ? "--judge" : "--model", name), 0));
    }

    Optional<ScoringJudge> judge() {
        return judgeModel().map(model -> new ScoringJudge(model, minScore));
    }

    private static JudgeName named(String option, String text) {
        JudgeName name = JudgeName.of(text);
        if (name.problem().isPresent() || name.server() == JudgeName.Server.METRIC || name.rubric().isPresent()) {
            throw new CommandException(option + " is '" + text + "'; it is [SERVER:]MODEL with ollama or openai as server,"
                    + " such as ollama:llama3.1.");
        }
        return name;
    }

    private AskedModel asked(String role, JudgeName name, double temperature) {
        ChatModels models = new ChatModels(role);
        ChatServer server = name.server() == JudgeName.Server.OLLAMA
                ? models.ollama(name.model(), new OllamaSettings(ollamaUrl, timeout, seed, temperature, context, maxTokens))
                : models.openAi(name.model(), new OpenAiSettings(
                        openAiUrl, Optional.ofNullable(System.getenv("APPRENTICE_JUDGE_OPENAI_API_KEY")), timeout, seed, temperature,
                        maxTokens, Optional.empty()));
        Retries retries = new Retries(DELAY, MOST_DELAY, NO_BREAKER, 1, Optional.of(tries), Optional.empty());
        return new AskedModel(server, new Patience(role + " '" + name.model() + "'", timeout, retries, () -> {}));
    }
}
