package dev.apprentice.model.training.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttentionMaskTest {

    /** The parents for 0 - 1 - 2 and 0 - 1 - 3 - 4, then 5 - 6. Token 7 belongs to no row. */
    private static final long[] PARENTS = {-1, 0, 1, 1, 3, -2, 5};

    @Test
    void aTokenSeesItselfAndWhatStandsBeforeItInItsRow() {
        AttentionMask mask = AttentionMask.of(PARENTS, 8, 3, 5).orElseThrow();
        assertThat(mask.isTree()).isTrue();
        assertThat(mask.width()).isEqualTo(8);
        int[][] seen = {{0}, {0, 1}, {0, 1, 2}, {0, 1, 3}, {0, 1, 3, 4}, {5}, {5, 6}, {7}};
        for (int token = 0; token < 8; token++) {
            assertThat(seenBy(token, mask)).as("token %d", token).containsExactly(seen[token]);
        }
    }

    @Test
    void rowsThatShareLittleStayApart() {
        AttentionMask mask = AttentionMask.of(new long[] {-1, 0, -2, 2, -3, 4}, 6, 3, 2).orElseThrow();
        assertThat(mask.isTree()).isFalse();
        assertThat(mask.width()).isEqualTo(2);
        assertThat(seenBy(0, mask)).containsExactly(0);
        assertThat(seenBy(1, mask)).containsExactly(0, 1);
    }

    @Test
    void longRowsAreLeftToTheFusedOperator() {
        assertThat(AttentionMask.of(new long[1024], 1024, 1, 1024)).isEmpty();
        assertThat(AttentionMask.of(new long[1024], 1024, 8, 256)).hasValueSatisfying(
                mask -> assertThat(mask.isTree()).isFalse());
        assertThat(AttentionMask.of(new long[1024], 1024, 8, 257)).isEmpty();
    }

    private static int[] seenBy(int token, AttentionMask mask) {
        return IntStream.range(0, mask.width())
                .filter(other -> mask.scores()[token * mask.width() + other] == 0)
                .toArray();
    }
}
