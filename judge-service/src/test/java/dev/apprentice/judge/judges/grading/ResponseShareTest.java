package dev.apprentice.judge.judges.grading;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.judge.responses.ResponsesNotReadyException;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class ResponseShareTest {

    @Test
    void aChannelWithoutAClientIsWaitedForRatherThanAFailure() {
        KafkaClientService noneYet = (KafkaClientService) Proxy.newProxyInstance(
                KafkaClientService.class.getClassLoader(), new Class<?>[] {KafkaClientService.class}, (proxy, method, arguments) -> null);

        assertThatThrownBy(() -> new ResponseShare(noneYet).refresh())
                .isInstanceOf(ResponsesNotReadyException.class)
                .hasMessage("the channel of responses has not started yet");
    }
}
