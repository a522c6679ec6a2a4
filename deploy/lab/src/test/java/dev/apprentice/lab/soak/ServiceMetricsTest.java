package dev.apprentice.lab.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ServiceMetricsTest {

    private static final ServiceMetrics METERS = new ServiceMetrics("""
            # TYPE jvm_memory_used_bytes gauge
            # HELP jvm_memory_used_bytes The amount of used memory
            jvm_memory_used_bytes{area="heap",id="Eden Space"} 1048576.0
            jvm_memory_used_bytes{area="heap",id="Tenured Gen"} 2.097152E6
            jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 5.0E7
            jvm_memory_used_bytes_of_another{area="heap"} 7.0
            jvm_gc_live_data_size_bytes 1.4274528E7
            """);

    @Test
    void addsAMetersValuesUpOverTheLabelsThatAreAskedFor() {
        assertThat(METERS.sum("jvm_memory_used_bytes", "area=\"heap\"")).hasValue(3 << 20);
        assertThat(METERS.sum("jvm_gc_live_data_size_bytes", "")).hasValue(14_274_528);
    }

    @Test
    void saysThatThereIsNoSuchMeter() {
        assertThat(METERS.sum("jvm_memory_used", "")).isEqualTo(OptionalDouble.empty());
    }
}
