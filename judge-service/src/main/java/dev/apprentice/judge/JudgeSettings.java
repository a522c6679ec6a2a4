package dev.apprentice.judge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Everything judge-service can be told. */
@ConfigMapping(prefix = "apprentice.judge")
public interface JudgeSettings {

    /** The folder that the aggregation's state lies in; two judge-services need one each. */
    @WithDefault("${user.home}/.apprentice/judge")
    Path home();

    /** The judge model for runs that name none; without it such runs get reference metrics alone. */
    Optional<String> model();

    /** Questions that one judge is asked at the same time. */
    @WithDefault("4")
    int parallel();

    /** Responses that may wait for their judges at the same time; further ones wait in Kafka. */
    @WithDefault("1000")
    int pending();

    /** Where and how Ollama is asked. */
    Ollama ollama();

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
    }

    /** What is done when a judge gives no answer: it is asked again for as long as it takes. */
    interface Retry {

        /** The wait before the first repetition; each further one is twice as long. */
        @WithDefault("1s")
        Duration delay();

        /** The longest wait between two repetitions. */
        @WithDefault("30s")
        Duration maxDelay();
    }

    /** How reports are made. */
    interface Report {

        /** How often the reports whose scores have changed are made anew. */
        @WithDefault("500ms")
        Duration every();
    }
}
