package dev.apprentice.dataset.datasets.catalog.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.dataset.datasets.example.Fingerprint;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FingerprintSetTest {

    @Test
    void countsEachTextOnceHoweverManyThereAre() {
        FingerprintSet set = new FingerprintSet();
        Set<Fingerprint> expected = new HashSet<>();
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            Fingerprint text = new Fingerprint(random.nextInt(6_000) * 0x9e3779b97f4a7c15L, 0);
            set.add(text);
            expected.add(text);
        }
        assertThat(set.size()).isEqualTo(expected.size()).isGreaterThan(5_000);
    }
}
