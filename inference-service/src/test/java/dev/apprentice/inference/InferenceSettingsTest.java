package dev.apprentice.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.model.Precision;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InferenceSettingsTest {

    @Test
    void eachWaitIsTwiceTheOneBeforeUpToTheLongest() {
        InferenceSettings.Retry retry = TestSettings.of(
                        "apprentice.inference.retry.first-wait", "1s", "apprentice.inference.retry.longest-wait", "5s")
                .retry();

        assertThat(IntStream.rangeClosed(1, 5).mapToObj(retry::waitAfter).map(Duration::toSeconds))
                .containsExactly(1L, 2L, 4L, 5L, 5L);
        assertThat(retry.waitAfter(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void modelsAreHeldInFloat32OnTheProcessorUnlessSaidOtherwise() {
        assertThat(TestSettings.of().device()).isEqualTo("cpu");
        assertThat(TestSettings.of().precision()).isEqualTo(Precision.FLOAT32);
        assertThat(TestSettings.of("apprentice.inference.precision", "bfloat16").precision()).isEqualTo(Precision.BFLOAT16);
    }
}
