package dev.apprentice.trainer;

import dev.apprentice.model.ranks.MpiRanks;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Main class of the service. */
@QuarkusMain
public final class TrainerMain {

    private TrainerMain() {}

    public static void main(String... arguments) {
        if (MpiRanks.rank(System.getenv()) > 0) { // only rank 0 serves HTTP
            System.setProperty("quarkus.http.host-enabled", "false");
        }
        Quarkus.run(arguments);
    }
}
