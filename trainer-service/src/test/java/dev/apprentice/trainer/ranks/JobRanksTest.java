package dev.apprentice.trainer.ranks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.trainer.run.TestSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobRanksTest {

    @Test
    void aLimitThatNoRankCouldKeepIsRefusedAtStart() {
        assertThatThrownBy(() -> new JobRanks(TestSettings.of(Map.of("rank-timeout", "0s"))))
                .hasMessage("apprentice.trainer.rank-timeout is PT0S; it must be above 0, such as 30m");
    }
}
