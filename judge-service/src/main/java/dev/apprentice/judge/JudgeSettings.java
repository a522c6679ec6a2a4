package dev.apprentice.judge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The settings of judge-service. */
@ConfigMapping(prefix = "apprentice.judge")
public interface JudgeSettings {

    /** The folder of the aggregation's state. Two judge-services on one machine need different folders. */
    @WithDefault("${user.home}/.apprentice/judge")
    Path home();

    /**
     * The judges of runs that name none, separated by commas, each {@code [SERVER:]MODEL[@RUBRIC]} with {@code ollama},
     * {@code openai} or {@code metric} as server. Unset, such runs get reference metrics alone.
     */
    Optional<String> model();

    /** The rubric of judges that name none: {@code textbook}, {@code five-point}, {@code correctness}, or your own. */
    @WithDefault("textbook")
    String rubric();

    /** The folder of your own rubrics, each a file {@code NAME.jinja}. */
    Optional<Path> rubrics();

    /** How many questions one judge model is asked at once. */
    @WithDefault("4")
    int parallel();

    /** How many responses wait for their judges in memory. Further ones wait on disk and delay nothing else. */
    @WithDefault("1000")
    int pending();

    /**
     * How long a response's score waits for all of its judges. After that, metrics and the verdicts so far are published, and the
     * rest follows.
     */
    @WithDefault("10s")
    Duration partialAfter();

    /** The most questions that one judge model is asked in a minute; unset, there is no limit. */
    Optional<Integer> ratePerMinute();

    /** Judges on Ollama. */
    Ollama ollama();

    /** Judges on a server with an OpenAI-compatible API. */
    OpenAi openai();

    /** Retries of judges that do not answer. */
    Retry retry();

    /** How reports are computed. */
    Report report();

    /** Where and how Ollama is asked. */
    interface Ollama {

        /** Ollama's address. */
        @WithDefault("http://localhost:11434")
        URI url();

        /** The longest time of one answer, the loading of the model included. */
        @WithDefault("2m")
        Duration timeout();

        /** Seed of the judge's sampling. */
        @WithDefault("123")
        int seed();

        /** Temperature of the judge's sampling. */
        @WithDefault("0")
        double temperature();

        /** The judge's context length, in tokens. */
        @WithDefault("2048")
        int numCtx();

        /** The most tokens of an answer, so that a model that never stops does not run forever. */
        @WithDefault("512")
        int maxTokens();
    }

    /** Where and how a server that speaks OpenAI's protocol is asked. */
    interface OpenAi {

        /** The server's address, the version included. */
        @WithDefault("http://localhost:8000/v1")
        URI url();

        /** The server's API key. */
        Optional<String> apiKey();

        /** The longest time of one answer. */
        @WithDefault("2m")
        Duration timeout();

        /** Seed of the judge's sampling. */
        @WithDefault("123")
        int seed();

        /** Temperature of the judge's sampling. */
        @WithDefault("0")
        double temperature();

        /** The most tokens of an answer. */
        @WithDefault("512")
        int maxTokens();

        /** The context length of its models in tokens, for a server that truncates longer questions silently instead of refusing them. */
        Optional<Integer> context();
    }

    /** Retries of judges that do not answer. An unavailable judge is retried until it answers. */
    interface Retry {

        /** The wait before the first retry; each further wait is twice as long. */
        @WithDefault("1s")
        Duration delay();

        /** The longest wait between two retries. */
        @WithDefault("30s")
        Duration maxDelay();

        /** The number of failures in a row after which a model is asked one question at a time, with the longest wait between two. */
        @WithDefault("5")
        int breakerAfter();

        /** How often a question is tried that the server refuses; after that it counts as refused. */
        @WithDefault("5")
        int refusals();
    }

    /** How reports are made. */
    interface Report {

        /** How often reports with new scores are computed. */
        @WithDefault("500ms")
        Duration every();

        /** How long a run's scores are kept after its last new score; its reports are kept forever. */
        @WithDefault("30d")
        Duration keepScores();
    }
}
