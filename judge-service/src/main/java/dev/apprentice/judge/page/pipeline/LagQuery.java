package dev.apprentice.judge.page.pipeline;

import dev.apprentice.contracts.topic.Topics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** A query to the broker for the end offsets of topics and the offsets that groups have committed. */
final class LagQuery {

    private final Admin admin;

    LagQuery(Admin admin) {
        this.admin = admin;
    }

    List<StageLag> of(List<Crossing> crossings) throws ExecutionException, InterruptedException {
        Set<TopicPartition> partitions =
                partitions(crossings.stream().map(crossing -> crossing.topic().name()).collect(Collectors.toSet()));
        Map<TopicPartition, Long> starts = offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
        Set<String> groups = crossings.stream().map(Crossing::group).collect(Collectors.toSet());
        Map<String, Integer> members = members(groups);
        Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = new HashMap<>();
        for (String group : groups) {
            committed.put(group, admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get());
        }
        return crossings.stream()
                .map(crossing -> stage(
                        crossing, starts, ends, committed.get(crossing.group()), members.get(crossing.group())))
                .toList();
    }

    private Set<TopicPartition> partitions(Set<String> topics) throws ExecutionException, InterruptedException {
        Set<TopicPartition> partitions = new HashSet<>();
        for (var topic : admin.describeTopics(topics).topicNameValues().entrySet()) {
            try {
                topic.getValue().get().partitions().forEach(
                        partition -> partitions.add(new TopicPartition(topic.getKey(), partition.partition())));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                } // not created yet: nothing waits there
            }
        }
        return partitions;
    }

    private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        return admin
                .listOffsets(partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> which)))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, offset -> offset.getValue().offset()));
    }

    private Map<String, Integer> members(Set<String> groups) throws ExecutionException, InterruptedException {
        Map<String, Integer> members = new HashMap<>();
        for (Map.Entry<String, KafkaFuture<ConsumerGroupDescription>> group :
                admin.describeConsumerGroups(groups).describedGroups().entrySet()) {
            try {
                members.put(group.getKey(), group.getValue().get().members().size());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                    throw e;
                }
                members.put(group.getKey(), 0);
            }
        }
        return members;
    }

    private static StageLag stage(
            Crossing crossing,
            Map<TopicPartition, Long> starts,
            Map<TopicPartition, Long> ends,
            Map<TopicPartition, OffsetAndMetadata> committed,
            int members) {
        long records = 0;
        long lag = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            if (end.getKey().topic().equals(crossing.topic().name())) {
                long start = starts.get(end.getKey());
                OffsetAndMetadata position = committed.get(end.getKey());
                records += end.getValue() - start;
                lag += waiting(crossing, end.getValue() - (position == null ? start : position.offset()));
            }
        }
        return new StageLag(
                crossing.topic().name().substring(Topics.PREFIX.length()),
                crossing.service(),
                crossing.work(),
                records,
                crossing.commits() ? Optional.of(lag) : Optional.empty(),
                members);
    }

    /**
     * Returns how many records wait. In a transactional topic, a single offset after the last one read is the marker that ended
     * the transaction.
     */
    private static long waiting(Crossing crossing, long offsets) {
        return crossing.transactional() && offsets == 1 ? 0 : Math.max(0, offsets);
    }
}
