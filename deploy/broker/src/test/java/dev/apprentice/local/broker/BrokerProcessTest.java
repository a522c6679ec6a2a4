package dev.apprentice.local.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerProcessTest {

    @ParameterizedTest
    @CsvSource({"9193,9193", "0,0", "' 65535 ',65535", ",9092", "'',9092"})
    void readsThePort(String value, int expected) {
        assertThat(BrokerProcess.port(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"65536", "-1", "kafka", "99999999999"})
    void refusesWhatIsNoPort(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrokerProcess.port(value))
                .withMessage("APPRENTICE_BROKER_PORT=%s is not a port; use a number from 0 to 65535.", value);
    }

    @ParameterizedTest
    @CsvSource({"16777216,16777216", ",8388608"})
    void readsTheRecordLimit(String value, int expected) {
        assertThat(BrokerProcess.recordBytes(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1048575", "33554433", "8M", "-1"})
    void refusesWhatIsNoRecordLimit(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrokerProcess.recordBytes(value))
                .withMessage("APPRENTICE_KAFKA_MAX_RECORD_BYTES=%s is not a valid record size; use a number of bytes from 1048576 to"
                        + " 33554432.", value);
    }

    @Test
    void asksForAFolderWhenNoneIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrokerProcess.dataFolder(null))
                .withMessage("APPRENTICE_BROKER_DATA is not set; set it to the folder for topics.");
    }
}
