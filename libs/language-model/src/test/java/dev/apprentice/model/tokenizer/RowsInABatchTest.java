package dev.apprentice.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowsInABatchTest {

    @Test
    void rowsStandOneAfterTheOtherWithoutPadding() {
        Collation rows = Collation.of(List.of(new Row(new int[] {1, 2, 3}, 2), new Row(new int[] {4, 5}, 1)));

        assertThat(rows.tokens()).containsExactly(1, 2, 3, 4, 5);
        assertThat(rows.lengths()).containsExactly(3, 2);
        assertThat(rows.promptLengths()).containsExactly(2, 1);
    }
}
