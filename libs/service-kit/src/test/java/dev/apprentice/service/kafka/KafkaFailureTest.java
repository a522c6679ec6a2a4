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
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class KafkaFailureTest {

    @Test
    void aBrokerThatIsAwayOrBusyPasses() {
        assertThat(List.of(new TimeoutException("a"), new NotLeaderOrFollowerException("b"),
                        new UnknownTopicOrPartitionException("c")))
                .extracting(KafkaFailure::of)
                .containsOnly(KafkaFailure.PASSING);
    }

    /** The failure comes from the client's own constructor. */
    @Test
    void aBrokersNameThatCannotBeResolvedYetPasses() {
        assertThatThrownBy(() -> new KafkaProducer<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "broker.invalid:9092"),
                        new StringSerializer(), new StringSerializer()))
                .satisfies(failure -> assertThat(KafkaFailure.of(failure)).isEqualTo(KafkaFailure.PASSING));
    }

    @Test
    void whatLiesInTheRecordIsTheRecordsAlone() {
        assertThat(List.of(new RecordTooLargeException("a"), new SerializationException("b"),
                        new ExecutionException(new RecordTooLargeException("c"))))
                .extracting(KafkaFailure::of)
                .containsOnly(KafkaFailure.RECORD);
    }

    /** The calls of a transaction hide the failure in the cause of a cause. */
    @Test
    void aProducerThatAnotherHasShutOutIsFencedHoweverDeepItIsSaid() {
        assertThat(List.of(new ProducerFencedException("a"), new KafkaException("send", new InvalidProducerEpochException("b")),
                        new KafkaException("commit", new TimeoutException(new ProducerFencedException("c")))))
                .extracting(KafkaFailure::of)
                .containsOnly(KafkaFailure.FENCED);
    }

    @Test
    void aTopicThatTheBrokersRulesForbidIsTheTopicsFault() {
        assertThat(List.of(new InvalidTopicException("a"), new ExecutionException(new PolicyViolationException("b"))))
                .extracting(KafkaFailure::of)
                .containsOnly(KafkaFailure.TOPIC);
    }

    /** As the producer says it of a broker that keeps silent, of a topic that is not there, and of a permission. */
    @Test
    void isSaidInPlainWordsWhereTheClientsAreOfItsCallsAndNodes() {
        assertThat(KafkaFailure.inWords(new TimeoutException("Topic runs not present in metadata after 60000 ms."))).isEqualTo("it does not answer");
        assertThat(KafkaFailure.inWords(new TimeoutException("not present", new UnknownTopicOrPartitionException("c"))))
                .isEqualTo("a topic is not there");
        assertThat(KafkaFailure.inWords(new KafkaException("send", new TopicAuthorizationException("Not authorized to access topics: [runs]"))))
                .isEqualTo("send: Not authorized to access topics: [runs]");
    }

    @Test
    void allElseLastsUntilSomebodyMendsIt() {
        assertThat(List.of(new TopicAuthorizationException("a"), new SaslAuthenticationException("b"),
                        new KafkaException("any"),
                        new IllegalStateException("closed")))
                .extracting(KafkaFailure::of)
                .containsOnly(KafkaFailure.LASTING);
    }
}
