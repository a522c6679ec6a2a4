package dev.apprentice.service.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiskConditionTest {

    private static final double MB = 1_048_576;
    private static final double TB = MB * 1_048_576;

    @Test
    void aDiskThatIsFullIsSaidWithItsRoomAndTheWayOut() {
        assertThat(DiskCondition.trouble(0, TB))
                .hasValue("the disk of this service's data has 0.0 MB free of 1048576 MB; free some space or enlarge it");
        assertThat(DiskCondition.trouble(99 * MB, TB)).isPresent();
        assertThat(DiskCondition.trouble(101 * MB, TB)).isEmpty();
    }

    @Test
    void ofASmallDiskLessIsEnough() {
        assertThat(DiskCondition.trouble(0.5 * MB, 64 * MB)).isPresent();
        assertThat(DiskCondition.trouble(0.7 * MB, 64 * MB)).isEmpty();
    }

    @Test
    void aDiskThatTellsNoSizeIsNotCalledFull() {
        assertThat(DiskCondition.trouble(0, 0)).isEmpty();
    }
}
