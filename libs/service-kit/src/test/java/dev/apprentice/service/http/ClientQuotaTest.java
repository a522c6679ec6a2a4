package dev.apprentice.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.service.http.ClientQuota.Excess;
import dev.apprentice.service.http.ClientQuota.Kind;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClientQuotaTest {

    private final AtomicLong clock = new AtomicLong(-5);
    /** At most two open requests, and six a minute: one every ten seconds. */
    private final ClientQuota quota = new ClientQuota(2, 6, clock::get);

    @Test
    void aClientHasSoManyOpenAndOthersAreNotTouched() {
        assertThat(quota.enter("a")).isEmpty();
        assertThat(quota.enter("a")).isEmpty();
        assertThat(quota.enter("a")).contains(new Excess(Kind.OPEN, Duration.ofSeconds(1)));
        assertThat(quota.enter("b")).isEmpty();

        quota.leave("a");
        assertThat(quota.enter("a")).isEmpty();
        assertThat(quota.enter("a")).isPresent();
    }

    @Test
    void aClientAsksSoOftenAndThenAsTimePasses() {
        for (int i = 0; i < 6; i++) {
            ask("a");
        }
        assertThat(quota.enter("a")).contains(new Excess(Kind.RATE, Duration.ofSeconds(10)));
        pass(Duration.ofMillis(7_500));
        assertThat(quota.enter("a")).contains(new Excess(Kind.RATE, Duration.ofSeconds(3)));
        pass(Duration.ofMillis(2_500));
        ask("a");
        assertThat(quota.enter("a")).isPresent();
        ask("b");

        pass(Duration.ofDays(400));
        for (int i = 0; i < 6; i++) {
            ask("a");
        }
        assertThat(quota.enter("a")).as("what was not used is not saved up beyond a minute's").isPresent();
    }

    @Test
    void ofVeryManyClientsThoseWithNothingOpenAreForgotten() {
        assertThat(quota.enter("held")).isEmpty();
        for (int i = 0; i < 3 * ClientQuota.MOST_CLIENTS; i++) {
            ask("client " + i);
        }

        assertThat(quota.clients()).isEqualTo(ClientQuota.MOST_CLIENTS);
        assertThat(quota.enter("held")).isEmpty();
        assertThat(quota.enter("held")).as("its first request is still counted").isPresent();
    }

    @Test
    void theLimitsHoldForANewClientTooWhereAllOthersHaveSomethingOpen() {
        for (int i = 0; i < ClientQuota.MOST_CLIENTS; i++) {
            assertThat(quota.enter("client " + i)).isEmpty();
        }
        assertThat(quota.enter("new")).isEmpty();
        assertThat(quota.enter("new")).isEmpty();
        assertThat(quota.enter("new")).contains(new Excess(Kind.OPEN, Duration.ofSeconds(1)));
        assertThat(quota.clients()).isEqualTo(ClientQuota.MOST_CLIENTS + 1);

        quota.leave("client 1");
        quota.leave("client 2");
        assertThat(quota.enter("newer")).isEmpty();
        assertThat(quota.clients()).as("two have nothing open and go").isEqualTo(ClientQuota.MOST_CLIENTS);
    }

    private void ask(String client) {
        assertThat(quota.enter(client)).isEmpty();
        quota.leave(client);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
