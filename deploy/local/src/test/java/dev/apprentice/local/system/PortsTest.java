package dev.apprentice.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.apprentice.local.CommandException;
import dev.apprentice.local.port.FreePorts;
import dev.apprentice.local.port.PortClaims;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {

    @TempDir Path folder;

    @Test
    void areTheCustomaryOnes() {
        assertThat(Ports.defaults().numbers())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        Member.BROKER, 9092,
                        Member.DATASET_SERVICE, 8081,
                        Member.TRAINER_SERVICE, 8082,
                        Member.INFERENCE_SERVICE, 8083,
                        Member.JUDGE_SERVICE, 8084));
    }

    @Test
    void followOneAnotherFromABase() {
        Ports ports = Ports.startingAt(19000).with(Map.of(Member.JUDGE_SERVICE, 7000));

        assertThat(ports.of(Member.BROKER)).isEqualTo(19000);
        assertThat(ports.of(Member.INFERENCE_SERVICE)).isEqualTo(19003);
        assertThat(ports.url(Member.JUDGE_SERVICE)).hasToString("http://127.0.0.1:7000");
    }

    @Test
    void twoStartsAtOneMomentChooseDifferentOnes() throws IOException {
        List<String> told = new ArrayList<>();
        Ports once;
        try (PortClaims first = new PortClaims(folder); PortClaims second = new PortClaims(folder)) {
            once = Ports.startingAt(FreePorts.find(1).get(0)).freed(first, line -> {});
            Ports other = once.freed(second, told::add);

            assertThat(other.numbers().values()).doesNotContainAnyElementsOf(once.numbers().values()).doesNotHaveDuplicates();
            assertThat(told).hasSize(5).first().isEqualTo("Port %d is taken by another start; broker gets port %d instead."
                    .formatted(once.of(Member.BROKER), other.of(Member.BROKER)));
        }
        try (PortClaims later = new PortClaims(folder)) {
            assertThat(once.freed(later, told::add)).isEqualTo(once);
        }
    }

    @Test
    void areTheSameAfterBeingWrittenDown() throws IOException {
        Path file = folder.resolve("run/ports.json");
        Ports.startingAt(19000).save(file);

        assertThat(Ports.load(file)).isEqualTo(Ports.startingAt(19000));
    }

    @Test
    void areRefusedBeyondTheLast() {
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> Ports.startingAt(65_533))
                .withMessage("Port 65536 for inference-service is not a port; use a number from 1 to 65535.");
    }

    @Test
    void areRefusedWhenShared() {
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> Ports.defaults().with(Map.of(Member.JUDGE_SERVICE, 9092)))
                .withMessageContaining("cannot share a port");
    }

    @Test
    void sayWhichFileCannotBeRead() throws IOException {
        Path file = Files.writeString(folder.resolve("ports.json"), "9092");

        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> Ports.load(file))
                .withMessageStartingWith(file.toString())
                .withMessageContaining("delete it");
    }
}
