package dev.apprentice.cli.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.cli.letters.LetterFeed;
import dev.apprentice.cli.terminal.Screen;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LostAnswersTest {

    private static final String PROMPTS = "apprentice.prompts";

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final LostAnswers lost = new LostAnswers(
            "r", new LetterFeed(consumer), new Screen(new PrintStream(written, true, StandardCharsets.UTF_8), false, 100));

    @BeforeEach
    void theTopicIsThere() {
        Letters.hold(consumer);
    }

    @Test
    void countsEachQuestionOfTheRunOnceAndNothingElse() {
        look(
                Letters.letter(0, PROMPTS, "r/4/a", "{\"of\":5}", "why"),
                Letters.letter(1, "apprentice.responses", "r/4/a", "{", "why"),
                Letters.letter(2, PROMPTS, "r2/4/a", "{}", "why"),
                Letters.letter(3, "apprentice.checkpoints", "r", "{}", "why"),
                Letters.letter(4, PROMPTS, "r/four/a", "{}", "why"),
                Letters.letter(5, PROMPTS, "r/8/b", "{}", "why"));

        assertThat(lost.bySteps()).containsOnlyKeys(4, 8);
        assertThat(lost.bySteps().get(4)).isEqualTo(new LostAnswers.Lost(Set.of("r/4/a"), 5));
        assertThat(lost.bySteps().get(8)).isEqualTo(new LostAnswers.Lost(Set.of("r/8/b"), 0));
    }

    @Test
    void whatWasSentAgainIsNotLost() {
        ConsumerRecord<byte[], byte[]> letter = Letters.letter(0, PROMPTS, "r/4/a", "{}", "why");
        look(letter);
        assertThat(lost.words()).isPresent();

        look(Letters.sentAgain(1, letter));

        assertThat(lost.bySteps()).isEmpty();
        assertThat(lost.words()).isEmpty();
    }

    @Test
    void nothingIsMissingOfAnExamThatIsOver() {
        consumer.schedulePollTask(() -> consumer.addRecord(Letters.letter(0, PROMPTS, "r/4/a", "{}", "why")));

        lost.look(step -> step == 4);

        assertThat(lost.words()).isEmpty();
    }

    @Test
    void saysItOnceAndHowToLookAndToSendItAgain() {
        look(Letters.letter(0, PROMPTS, "r/4/a", "{}", "the checkpoint is gone"));
        look();
        look();

        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo(
                "A question of r became a dead letter and will not be answered or graded: the checkpoint is gone"
                        + System.lineSeparator() + "  `apprentice dead-letters show 0/0` shows more; after the cause is fixed,"
                        + " `apprentice dead-letters replay 0/0` sends it again." + System.lineSeparator());
    }

    @SafeVarargs
    private void look(ConsumerRecord<byte[], byte[]>... letters) {
        consumer.schedulePollTask(() -> List.of(letters).forEach(consumer::addRecord));
        lost.look(step -> false);
    }
}
