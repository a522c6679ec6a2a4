package dev.apprentice.trainer.ranks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.event.Run;
import dev.apprentice.trainer.TaughtRun;
import dev.apprentice.trainer.ranks.Order.Kind;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OrderTest {

    @Test
    void aRunComesToTheOtherRanksAsItIs() {
        Run run = TaughtRun.named("run", Path.of("model"), TaughtRun.training(2, Map.of("lora", Map.of("rank", 4, "alpha", 8))));
        assertThat(Order.read(Order.begin(run, Optional.of(12)).bytes())).isEqualTo(Order.begin(run, Optional.of(12)));
        assertThat(Order.read(Order.begin(run, Optional.empty()).bytes()).checkpoint()).isEmpty();
    }

    /** The weights of ranks would drift apart if their learning rates differed in the last digit. */
    @Test
    void theLearningRateIsTheSameToTheLastPlace() {
        double rate = 5e-4 / 3;
        assertThat(Order.read(Order.step(7, 4, 1L << 40, rate).bytes()))
                .isEqualTo(new Order(Kind.STEP, Optional.empty(), Optional.empty(), 7, 4, 1L << 40, rate));
        assertThat(Order.read(Order.of(Kind.SHUT_DOWN).bytes()).kind()).isEqualTo(Kind.SHUT_DOWN);
    }
}
