package dev.apprentice.judge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** All settings of judge-service. */
@ConfigMapping(prefix = "apprentice.judge")
public interface JudgeSettings {

    /** The folder that the aggregation's state lies in; two judge-services need one each. */
    @WithDefault("${user.home}/.apprentice/judge")
    Path home();

    /**
     * The judges for runs that name none, separated by commas, each {@code [SERVER:]MODEL[@RUBRIC]} with {@code ollama},
     * {@code openai} or {@code metric} as server; without it such runs get reference metrics alone.
     */
    Optional<String> model();

    /** The rubric of judges that name none: {@code textbook}, {@code five-point}, {@code correctness}, or one of your own. */
    @WithDefault("textbook")
    String rubric();

    /** A folder with rubrics of your own, one {@code NAME.jinja} each. */
    Optional<Path> rubrics();

    /** Questions that one judge model is asked at the same time. */
    @WithDefault("4")
    int parallel();

    /**
     * Responses that wait for their judges in memory at the same time; further ones wait on disk, and keep nothing else waiting.
     */
    @WithDefault("1000")
    int pending();

    /**
     * How long a response's score waits for all of its judges; then metrics and verdicts that are there are published, and the
     * rest follows.
     */
    @WithDefault("10s")
    Duration partialAfter();

    /** Questions that one judge model is asked in a minute at most; without it as many as it answers. */
    Optional<Integer> ratePerMinute();

    /** Where and how Ollama is asked. */
    Ollama ollama();

    /** Where and how a server that speaks OpenAI's protocol is asked. */
    OpenAi openai();

    /** What is done when a judge gives no answer. */
    Retry retry();

    /** How reports are made. */
    Report report();

    /** Where and how Ollama is asked. */
    interface Ollama {

        /** Ollama's address. */
        @WithDefault("http://localhost:11434")
        URI url();

        /** How long one answer may take, the loading of the model included. */
        @WithDefault("2m")
        Duration timeout();

        /** Seed of the judge's sampling. */
        @WithDefault("123")
        int seed();

        /** Temperature of the judge's sampling. */
        @WithDefault("0")
        double temperature();

        /** Tokens of context the judge gets. */
        @WithDefault("2048")
        int numCtx();

        /** Tokens that an answer may have: a model that never stops would be asked for ever. */
        @WithDefault("512")
        int maxTokens();
    }

    /** Where and how a server that speaks OpenAI's protocol is asked. */
    interface OpenAi {

        /** The server's address, up to and with its version. */
        @WithDefault("http://localhost:8000/v1")
        URI url();

        /** The key that the server wants to see. */
        Optional<String> apiKey();

        /** How long one answer may take. */
        @WithDefault("2m")
        Duration timeout();

        /** Seed of the judge's sampling. */
        @WithDefault("123")
        int seed();

        /** Temperature of the judge's sampling. */
        @WithDefault("0")
        double temperature();

        /** Tokens that an answer may have. */
        @WithDefault("512")
        int maxTokens();

        /** Tokens of context its models have, for a server that cuts longer questions in silence instead of refusing them. */
        Optional<Integer> context();
    }

    /** What is done when a judge gives no answer: one that is away is asked again for as long as it takes. */
    interface Retry {

        /** The wait before the first repetition; each further one is twice as long. */
        @WithDefault("1s")
        Duration delay();

        /** The longest wait between two repetitions. */
        @WithDefault("30s")
        Duration maxDelay();

        /** Failures in a row after which a model is asked one question at a time, with the longest wait between two. */
        @WithDefault("5")
        int breakerAfter();

        /** How often a question is asked whose server says that it gives no answer; after that it counts as refused. */
        @WithDefault("5")
        int refusals();
    }

    /** How reports are made. */
    interface Report {

        /** How often the reports whose scores have changed are made anew. */
        @WithDefault("500ms")
        Duration every();

        /** How long the scores that a run's reports are made from are kept after its last new score; the reports stay. */
        @WithDefault("30d")
        Duration keepScores();
    }
}
