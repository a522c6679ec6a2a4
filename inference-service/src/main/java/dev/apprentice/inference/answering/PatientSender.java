package dev.apprentice.inference.answering;

import dev.apprentice.inference.InferenceSettings;
import dev.apprentice.service.kafka.KafkaFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

/** Sends each record until Kafka takes it, or refuses it for a reason that lies, or may lie, in the record. */
@ApplicationScoped
class PatientSender {

    private static final Logger LOG = Logger.getLogger(PatientSender.class);

    private final ExamProducer producer;
    private final InferenceSettings.Retry retry;
    private volatile Optional<String> trouble = Optional.empty();

    PatientSender(ExamProducer producer, InferenceSettings settings) {
        this.producer = producer;
        this.retry = settings.retry();
    }

    /** Returns why nothing can be sent until an operator acts; empty if sending works or the broker is merely unavailable. */
    Optional<String> trouble() {
        return trouble;
    }

    /**
     * Sends records, and retries those that fail for a reason outside of them, without limit. One that the broker refuses without
     * a reason is sent once more.
     *
     * @return the records that Kafka refuses, by their index, with the reason
     */
    Map<Integer, Throwable> send(List<ProducerRecord<String, byte[]>> records) throws InterruptedException {
        Map<Integer, Throwable> refused = new TreeMap<>();
        Set<Integer> unclear = new HashSet<>();
        SortedMap<Integer, ProducerRecord<String, byte[]>> open = new TreeMap<>();
        for (int place = 0; place < records.size(); place++) {
            open.put(place, records.get(place));
        }
        for (int attempt = 1; !open.isEmpty(); attempt++) {
            SortedMap<Integer, Throwable> failed = sendOnce(open);
            failed.forEach((place, why) -> {
                KafkaFailure failure = KafkaFailure.of(why);
                // the broker's error may pass, so a record is blamed for it the second time
                if (failure == KafkaFailure.RECORD || failure == KafkaFailure.UNCLEAR && !unclear.add(place)) {
                    refused.put(place, why);
                }
            });
            failed.keySet().removeAll(refused.keySet());
            open.keySet().retainAll(failed.keySet());
            if (!failed.isEmpty()) {
                waitToSendAgain(failed, attempt);
            }
        }
        trouble = Optional.empty();
        return refused;
    }

    private void waitToSendAgain(SortedMap<Integer, Throwable> failed, int attempt) throws InterruptedException {
        Throwable why = failed.get(failed.firstKey());
        boolean lasting = Stream.of(KafkaFailure.PASSING, KafkaFailure.UNCLEAR).noneMatch(KafkaFailure.of(why)::equals);
        LOG.errorf("%d records are sent again in %.1f s; Kafka did not take them%s: %s", failed.size(),
                retry.waitAfter(attempt).toMillis() / 1e3, lasting ? " and will not until this is corrected" : "", why);
        trouble = lasting ? Optional.of("Kafka does not take responses: " + why) : Optional.empty();
        if (lasting) {
            producer.renew();
        }
        Thread.sleep(retry.waitAfter(attempt).toMillis());
    }

    /** Sends records once. Returns those that failed, by their index, with the reason. */
    private SortedMap<Integer, Throwable> sendOnce(SortedMap<Integer, ProducerRecord<String, byte[]>> records)
            throws InterruptedException {
        SortedMap<Integer, Throwable> failed = new TreeMap<>();
        Map<Integer, Future<RecordMetadata>> sent = new TreeMap<>();
        for (Integer place : records.keySet()) {
            Future<RecordMetadata> one = begin(records.get(place));
            sent.put(place, one);
            Optional<Throwable> why = one.isDone() ? failure(one) : Optional.empty();
            if (why.isPresent() && KafkaFailure.of(why.get()) == KafkaFailure.PASSING) {
                records.tailMap(place + 1).keySet().forEach(later -> failed.put(later, why.get())); // each would wait as long
                break;
            }
        }
        for (Integer place : sent.keySet()) {
            failure(sent.get(place)).ifPresent(why -> failed.put(place, why));
        }
        return failed;
    }

    private static Optional<Throwable> failure(Future<RecordMetadata> sent) throws InterruptedException {
        try {
            sent.get();
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(e.getCause());
        }
    }

    private Future<RecordMetadata> begin(ProducerRecord<String, byte[]> record) throws InterruptedException {
        try {
            return producer.send(record);
        } catch (InterruptException e) {
            throw new InterruptedException(e.getMessage());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
