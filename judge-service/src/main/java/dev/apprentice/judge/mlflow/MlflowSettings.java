package dev.apprentice.judge.mlflow;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The MLflow server that runs are registered with. The environment variables are those of MLflow's own clients. */
@ConfigMapping(prefix = "mlflow")
public interface MlflowSettings {

    /** The connection to the tracking server. */
    Tracking tracking();

    /** The experiment that runs belong to; it is created if it does not exist. */
    @WithDefault("apprentice")
    String experimentName();

    /** How long to wait before an unavailable server is tried again. */
    @WithDefault("10s")
    Duration retryEvery();

    /** How the tracking server is reached. */
    interface Tracking {

        /** The address of MLflow's tracking server, {@code http:} or {@code https:}; unset, nothing is registered. */
        Optional<String> uri();

        /** The bearer token for that server. */
        Optional<String> token();

        /** The user name for that server, together with {@code mlflow.tracking.password}. */
        Optional<String> username();

        /** That user's password. */
        Optional<String> password();
    }
}
