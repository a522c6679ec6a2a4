package dev.apprentice.judge.mlflow;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Where runs are registered; the environment variables are those of MLflow's own clients. */
@ConfigMapping(prefix = "mlflow")
public interface MlflowSettings {

    /** How the tracking server is reached. */
    Tracking tracking();

    /** The experiment that runs belong to; it is made where there is none. */
    @WithDefault("apprentice")
    String experimentName();

    /** How long to wait before a server that is away is asked again. */
    @WithDefault("10s")
    Duration retryEvery();

    /** How the tracking server is reached. */
    interface Tracking {

        /** MLflow's tracking server, {@code http:} or {@code https:}; without it nothing is registered. */
        Optional<String> uri();

        /** A bearer token for it. */
        Optional<String> token();

        /** A user's name for it, with {@code mlflow.tracking.password}. */
        Optional<String> username();

        /** That user's password. */
        Optional<String> password();
    }
}
