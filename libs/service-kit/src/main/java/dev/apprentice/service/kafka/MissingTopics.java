package dev.apprentice.service.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates missing topics. If Kafka does not allow that, it is enough that the topics exist. */
final class MissingTopics {

    /** Topics that this service may not create. From then on it only looks for them, which keeps refusals out of Kafka's log. */
    private final Set<String> madeByOthers = ConcurrentHashMap.newKeySet();

    /**
     * Creates the topics that are missing.
     *
     * @return the names of the created topics
     * @throws KafkaException if the broker cannot be reached, or a topic is missing and may not be created
     */
    List<String> make(Admin admin, List<NewTopic> wanted) {
        Set<String> there = there(admin, wanted.stream().map(NewTopic::name).filter(madeByOthers::contains).toList());
        List<NewTopic> unknown = wanted.stream().filter(topic -> !there.contains(topic.name())).toList();
        List<String> made = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        CreateTopicsResult result = admin.createTopics(unknown);
        for (NewTopic topic : unknown) {
            switch (outcome(result.values().get(topic.name()), topic.name())) {
                case MADE -> made.add(topic.name());
                case REFUSED -> refused.add(topic.name());
                case THERE -> { } // also if another service was faster
            }
        }
        madeByOthers.addAll(refused);
        refused.removeAll(there(admin, refused));
        if (!refused.isEmpty()) {
            throw new KafkaException("this service may not create the missing topics " + String.join(", ", refused) + "; create them, or"
                    + " grant it Create on them");
        }
        return made;
    }

    private enum Outcome { MADE, THERE, REFUSED }

    private static Outcome outcome(KafkaFuture<Void> creation, String name) {
        try {
            creation.get();
            return Outcome.MADE;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return Outcome.THERE;
            }
            if (e.getCause() instanceof TopicAuthorizationException) {
                return Outcome.REFUSED;
            }
            throw new KafkaException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while making topic " + name, e);
        }
    }

    private static Set<String> there(Admin admin, Collection<String> names) {
        return admin.describeTopics(names).topicNameValues().entrySet().stream()
                .filter(each -> isThere(each.getValue(), each.getKey()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static boolean isThere(KafkaFuture<?> description, String name) {
        try {
            description.get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException || e.getCause() instanceof TopicAuthorizationException) {
                return false;
            }
            throw new KafkaException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while looking for topic " + name, e);
        }
    }
}
