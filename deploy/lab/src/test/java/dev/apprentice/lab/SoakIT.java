package dev.apprentice.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Runs the command as typed: {@code mvn verify -pl deploy/lab -am -Dit.test=SoakIT -Dapprentice.soak=150000}. */
@EnabledIfSystemProperty(named = "apprentice.soak", matches = "\\d+")
class SoakIT {

    @TempDir Path home;

    @Test
    void everyServicesMemoryStaysFlatWhileExamplesStreamThroughAllOfThem() {
        LabRun soak = LabRun.of(home, "soak", "--examples", System.getProperty("apprentice.soak"));
        System.out.println(soak.out());

        assertThat(soak.err()).isEmpty();
        assertThat(soak.status()).as(soak.out()).isZero();
        assertThat(soak.out())
                .contains("Resident memory of every service stayed within 10 % of its plateau", ", 0 failed.");
    }
}
