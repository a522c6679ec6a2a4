package dev.apprentice.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParametersTest {

    private enum Side {
        LEFT,
        RIGHT
    }

    @Test
    void valuesAreReadUpToTheirBounds() {
        assertThat(QueryParameters.whole("seed", "-9223372036854775808", Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(-0x8000000000000000L);
        assertThat(QueryParameters.number("page", "2147483647", 1)).isEqualTo(0x7fffffff);
        assertThat(QueryParameters.number("page", "1", 1)).isEqualTo(1);
        assertThat(QueryParameters.decimal("sample", "2.5e-1")).isEqualTo(1 / 4.0);
        assertThat(QueryParameters.flag("check", "true")).isTrue();
        assertThat(QueryParameters.flag("check", "false")).isFalse();
        assertThat(QueryParameters.oneOf("side", "Right", Side.class)).isEqualTo(Side.RIGHT);
        assertThat(QueryParameters.given(Optional.of(" "))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "1.5", "0x1", "٣", "0", "-9223372036854775809"})
    void whatIsNoWholeNumberOrTooSmallIsRefused(String value) {
        assertThat(refusal(() -> QueryParameters.number("page", value, 1)))
                .isEqualTo("parameter 'page' is '" + value + "'; it must be a whole number of at least 1");
    }

    @Test
    void eachRefusalSaysWhatTheParameterMustBe() {
        assertThat(refusal(() -> QueryParameters.number("page", "2147483648", 1)))
                .isEqualTo("parameter 'page' is '2147483648'; it must be at most 2147483647");
        assertThat(refusal(() -> QueryParameters.decimal("sample", "NaN"))).isEqualTo("parameter 'sample' is 'NaN'; it must be a number such as 0.5");
        assertThat(refusal(() -> QueryParameters.flag("check", "yes"))).isEqualTo("parameter 'check' is 'yes'; it must be true or false");
        assertThat(refusal(() -> QueryParameters.oneOf("side", "up", Side.class)))
                .isEqualTo("parameter 'side' is 'up'; it must be one of left, right");
        assertThat(refusal(() -> QueryParameters.flag("check", "y".repeat(101)))).contains("'" + "y".repeat(99) + "…'");
    }

    private static String refusal(ThrowingCallable reading) {
        String[] detail = new String[1];
        assertThatThrownBy(reading).isInstanceOfSatisfying(HttpProblem.class, problem -> {
            assertThat(problem.getStatusCode()).isEqualTo(400);
            detail[0] = problem.getDetail();
        });
        return detail[0];
    }
}
