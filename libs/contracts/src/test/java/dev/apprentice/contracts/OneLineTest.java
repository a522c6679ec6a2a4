package dev.apprentice.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class OneLineTest {

    @Test
    void ofAStackTraceIsWhatItsFirstCauseSays() {
        Exception failure = new IllegalStateException("cannot sign in", new IOException("POST: status 401", new IOException("{\"error\":1}\nmore")));
        assertThat(OneLine.of(trace(failure))).isEqualTo("{\"error\":1}");
        assertThat(OneLine.of(trace(new IllegalStateException("alone")))).isEqualTo("alone");
        assertThat(OneLine.of(trace(new IllegalStateException()))).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void anOrdinaryMessageStaysAsItIs() {
        assertThat(OneLine.of("IOException: no space left")).isEqualTo("IOException: no space left");
        assertThat(OneLine.of("")).isEmpty();
    }

    private static String trace(Exception failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
