package dev.apprentice.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.apprentice.cli.client.DatasetClient;
import dev.apprentice.cli.client.FakeService;
import dev.apprentice.cli.client.ServiceException;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.system.Member;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SenderTest {

    private static final String PATH = "POST /datasets/d/instructions";

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private FakeService service;

    @BeforeEach
    void start() throws IOException {
        service = new FakeService();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void sendsTheLinesAndTellsOfThoseRefusedUnderTheirOwnNumbers() {
        service.answersInTurn(
                PATH,
                "{\"accepted\": 500, \"refused\": 0, \"refusals\": []}",
                "{\"accepted\": 1, \"refused\": 1, \"refusals\": [{\"line\": 2, \"field\": \"output\", \"message\": \"is missing\"}]}");
        List<Long> progress = new ArrayList<>();
        Sender sender = sender(Optional.empty());

        sender.send(source("x\n".repeat(502)), progress::add);

        assertThat(progress).containsExactly(500L, 502L);
        assertThat(sender.accepted()).isEqualTo(501);
        assertThat(sender.refused()).isEqualTo(1);
        assertThat(shown()).isEqualTo("Line 502 is refused: output is missing.");
        assertThat(service.asked().get(1).body()).isEqualTo("x\nx");
    }

    @Test
    void goesOnBehindLinesOfWhichNoneCanBeUsed() {
        service.answers(PATH, 400, "{\"title\": \"Nothing accepted\", \"violationCount\": 1, \"violations\":"
                + " [{\"line\": 1, \"message\": \"is not JSON\"}]}");
        Sender sender = sender(Optional.empty());
        sender.send(source("nonsense"), sent -> {});
        assertThat(sender.refused()).isEqualTo(1);
        assertThat(shown()).isEqualTo("Line 1 is refused: it is not JSON.");
    }

    @Test
    void ofManyRefusedLinesItTellsTheFirstAndCountsTheOthers() {
        String refusals = IntStream.rangeClosed(1, 7).mapToObj("{\"line\": %d, \"message\": \"is not JSON\"}"::formatted)
                .collect(Collectors.joining(","));
        service.answers(PATH, 400, "{\"title\": \"Nothing accepted\", \"violationCount\": 7, \"violations\": [" + refusals + "]}");
        Sender sender = sender(Optional.empty());

        sender.send(source("no\n".repeat(7)), sent -> {});

        assertThat(sender.refused()).isEqualTo(7);
        assertThat(shown().lines()).hasSize(6).startsWith("Line 1 is refused: it is not JSON.")
                .endsWith("Line 5 is refused: it is not JSON.", "2 more of lines 1 to 7 are refused.");
    }

    @Test
    void whatConcernsAllLinesEndsTheSending() {
        service.answers(PATH, 413, "{\"title\": \"Too much at once\", \"detail\": \"Split it.\"}");
        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> sender(Optional.empty()).send(source("x"), sent -> {}))
                .withMessage("dataset-service says: Too much at once: Split it.");
    }

    @Test
    void aRateSendsSmallPortionsAtTheirTime() {
        SendingRate pace = new SendingRate(Optional.of(20.0));
        assertThat(pace.atOnce()).isEqualTo(5);
        assertThat(pace.due(30)).isEqualTo(Duration.ofMillis(1500));
        assertThat(new SendingRate(Optional.of(0.5)).atOnce()).isEqualTo(1);
        assertThat(new SendingRate(Optional.empty()).due(1_000)).isEqualTo(Duration.ZERO);
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> new SendingRate(Optional.of(0.0)))
                .withMessage("The rate 0.0 is not above 0; --rate takes examples a second.");
    }

    @Test
    void anArrayIsNoLines() {
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> source("[{}]"))
                .withMessageStartingWith("The file begins with '[', so it is a JSON array; `stream` takes one JSON object a line");
    }

    private Sender sender(Optional<Double> rate) {
        Screen screen = new Screen(new PrintStream(shown, true, StandardCharsets.UTF_8), false, 100);
        return new Sender(new DatasetClient(service.as(Member.DATASET_SERVICE)), "d", new SendingRate(rate), screen);
    }

    private static LineSource source(String text) {
        return new LineSource("The file", new StringReader(text));
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8).strip();
    }
}
