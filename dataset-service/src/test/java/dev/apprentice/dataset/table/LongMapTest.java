package dev.apprentice.dataset.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongMapTest {

    @TempDir
    Path folder;

    @Test
    void knowsTheLastNumberOfEachHashHoweverManyThereAre() throws IOException {
        Map<Long, Long> expected = new HashMap<>();
        Random random = new Random(1);
        try (LongMap map = new LongMap(folder)) {
            for (int i = 0; i < 600_000; i++) { // more than the heap holds
                long hash = random.nextInt(300_000) * 0x9e3779b97f4a7c15L;
                map.put(hash, i + 1);
                expected.put(hash, i + 1L);
            }
            assertThat(map.size()).isEqualTo(expected.size()).isGreaterThan(200_000);
            expected.forEach((hash, number) -> assertThat(map.get(hash)).isEqualTo(number));
            assertThat(map.get(4_711)).isZero();
            List<Long> numbers = new ArrayList<>();
            map.forEachNumber(numbers::add);
            assertThat(numbers.stream().sorted().toList()).isEqualTo(expected.values().stream().sorted().toList());
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void addsAHashOnceZeroToo() throws IOException {
        try (LongMap map = new LongMap(folder)) {
            assertThat(map.add(0)).isTrue();
            assertThat(map.add(0)).isFalse();
            assertThat(map.add(-1)).isTrue();
            assertThat(map.size()).isEqualTo(2);
        }
    }
}
