package dev.apprentice.dataset.datasets.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonalDataTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Ask jane.doe+x@mail.example.co.uk, please.       | Ask <EMAIL>, please.",
        "@jane and a@b are none                           | @jane and a@b are none",
        "4111 1111 1111 1111 and 4111-1111-1111-1112      | <CARD> and 4111-1111-1111-1112",
        "378282246310005 is Amex, 12345678901234 is not   | <CARD> is Amex, 12345678901234 is not",
        "From 10.0.0.254:80 and 300.1.1.1, version 1.2.3  | From <IP>:80 and 300.1.1.1, version 1.2.3",
        "At 2001:db8::8a2e:370:7334 or ::1, not std::io   | At <IP> or <IP>, not std::io",
        "1:2:3:4:5:6:7:8 at 12:30:45                      | <IP> at 12:30:45",
        "Call +49 30 901820 or (415) 555-2671             | Call <PHONE> or (415) 555-2671",
        "It took 1234567 steps in 2024                    | It took 1234567 steps in 2024",
    })
    void whatIsFoundIsReplacedByItsKind(String text, String masked) {
        assertThat(new PersonalData(Kind.named(List.of("phone", "email", "card", "ip"))).mask(text)).isEqualTo(masked);
    }

    @Test
    void aCountrysOwnNumbersAreFoundWhereItIsNamed() {
        PersonalData american = new PersonalData(Kind.named(List.of("phone:US")));

        assertThat(american.mask("Call (415) 555-2671 or 030 901820.")).isEqualTo("Call <PHONE> or 030 901820.");
        assertThat(american.counts()).isEqualTo(Map.of("phone", 1));
        assertThat(new PersonalData(Kind.named(List.of("phone:de"))).mask("Call 030 901820.")).isEqualTo("Call <PHONE>.");
    }

    @Test
    void whatIsNoKindIsNamed() {
        assertThatThrownBy(() -> Kind.named(List.of("email", "phone:xx"))).hasMessage("'phone:xx' is no kind of personal data; there"
                + " are email, phone, phone:DE (of a country's two letters), card and ip");
        assertThat(new PersonalData(List.of()).isWanted()).isFalse();
    }
}
