package dev.apprentice.dataset.datasets.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TextHashSetTest {

    @Test
    void countsEachTextOnceHoweverManyThereAre() {
        TextHashSet set = new TextHashSet();
        Set<Long> expected = new HashSet<>();
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            long text = random.nextInt(6_000) * 0x9e3779b97f4a7c15L;
            set.add(text);
            expected.add(text);
        }
        assertThat(set.size()).isEqualTo(expected.size()).isGreaterThan(5_000);
    }
}
