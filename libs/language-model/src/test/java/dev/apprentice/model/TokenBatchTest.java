package dev.apprentice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TokenBatchTest {

    @Test
    void eachRowGivesOneInputLessThanItHasTokens() {
        assertThat(new TokenBatch(new int[] {5, 6, 7, 8, 9}, new int[] {3, 2}, new int[] {2, 1}, false).inputs())
                .isEqualTo(3);
    }

    @Test
    void lengthsThatDoNotAddUpAreRefused() {
        assertThatThrownBy(() -> new TokenBatch(new int[] {5, 6, 7}, new int[] {2}, new int[] {1}, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[2]")
                .hasMessageContaining("3 tokens");
    }

    @Test
    void aRowOfOneTokenIsRefused() {
        assertThatThrownBy(() -> new TokenBatch(new int[] {5, 6, 7}, new int[] {2, 1}, new int[] {1, 1}, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 2 tokens");
    }

    @Test
    void aPromptLengthIsNeededForEachRow() {
        assertThatThrownBy(() -> new TokenBatch(new int[] {5, 6}, new int[] {2}, new int[0], false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 rows and 0 prompt lengths");
    }
}
