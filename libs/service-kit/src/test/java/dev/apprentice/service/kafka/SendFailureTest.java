package dev.apprentice.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class SendFailureTest {

    @Test
    void aBrokerThatIsAwayOrBusyPasses() {
        assertThat(List.of(new TimeoutException("a"), new NotLeaderOrFollowerException("b"),
                        new UnknownTopicOrPartitionException("c")))
                .extracting(SendFailure::of)
                .containsOnly(SendFailure.PASSING);
    }

    /** As the client's own constructor says it. */
    @Test
    void aBrokersNameThatCannotBeResolvedYetPasses() {
        assertThatThrownBy(() -> new KafkaProducer<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "broker.invalid:9092"),
                        new StringSerializer(), new StringSerializer()))
                .satisfies(failure -> assertThat(SendFailure.of(failure)).isEqualTo(SendFailure.PASSING));
    }

    @Test
    void whatLiesInTheRecordIsTheRecordsAlone() {
        assertThat(List.of(new RecordTooLargeException("a"), new SerializationException("b"),
                        new ExecutionException(new RecordTooLargeException("c"))))
                .extracting(SendFailure::of)
                .containsOnly(SendFailure.RECORD);
    }

    @Test
    void allElseLastsUntilSomebodyMendsIt() {
        assertThat(List.of(new TopicAuthorizationException("a"), new SaslAuthenticationException("b"),
                        new ProducerFencedException("c"), new KafkaException("any"),
                        new IllegalStateException("closed")))
                .extracting(SendFailure::of)
                .containsOnly(SendFailure.LASTING);
    }
}
