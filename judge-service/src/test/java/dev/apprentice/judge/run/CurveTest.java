package dev.apprentice.judge.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurveTest {

    @Test
    void aShortRunKeepsEveryPoint() {
        Curve curve = new Curve(4, 1);
        curve.add(1, 10, 3.0);
        curve.add(2, 20, 2.0);

        assertThat(curve.steps()).containsExactly(1, 2);
        assertThat(curve.tokensSeen()).containsExactly(10, 20);
        assertThat(curve.column(0)).containsExactly(3.0, 2.0);
        assertThat(curve.stride()).isEqualTo(1);
    }

    @Test
    void aHundredThousandStepsBecomeAFewHundredPointsThatKeepTheMean() {
        Curve curve = new Curve(512, 1);
        int steps = 100_000;
        IntStream.rangeClosed(1, steps).forEach(step -> curve.add(step, step * 7L, Math.sin(step / 500.0)));

        assertThat(curve.steps()).hasSizeBetween(257, 512).isSorted().endsWith(steps);
        assertThat(curve.stride()).isEqualTo(256);
        int[] ends = curve.steps();
        for (int i = 1; i < ends.length; i++) {
            double mean = IntStream.rangeClosed(ends[i - 1] + 1, ends[i])
                    .mapToDouble(step -> Math.sin(step / 500.0)).average().orElseThrow();
            assertThat(curve.column(0).get(i)).isCloseTo(mean, within(1e-9));
        }
    }

    @Test
    void stepsThatARunRepeatsAfterItWasResumedCountOnce() {
        Curve straight = new Curve(8, 1);
        Curve repeated = new Curve(8, 1);
        IntStream.rangeClosed(1, 50).forEach(step -> straight.add(step, step, step * 0.5));
        IntStream.rangeClosed(1, 30).forEach(step -> repeated.add(step, step, step * 0.5));
        IntStream.rangeClosed(21, 50).forEach(step -> repeated.add(step, step, step * 0.5));

        assertThat(repeated.steps()).isEqualTo(straight.steps());
        assertThat(repeated.column(0)).isEqualTo(straight.column(0));
    }

    @Test
    void aFigureThatSomeStepsDoNotReportIsTheMeanOfThoseThatDo() {
        Curve curve = new Curve(2, 2);
        for (int step = 0; step < 4; step++) {
            curve.add(step, 0, step, step == 2 ? 8.0 : Double.NaN);
        }

        assertThat(Arrays.stream(curve.steps()).boxed()).containsExactly(1, 3);
        assertThat(curve.column(0)).containsExactly(0.5, 2.5);
        assertThat(curve.column(1)).containsExactly(null, 8.0);
    }
}
