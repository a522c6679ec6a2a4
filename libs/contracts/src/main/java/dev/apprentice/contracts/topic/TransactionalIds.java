package dev.apprentice.contracts.topic;

/**
 * The {@code transactional.id}s of the house. They are published language as groups are: Kafka's access lists name what they
 * begin with. Kafka Streams makes those of judge-service from {@link ConsumerGroups#streams}.
 */
public final class TransactionalIds {

    /** What sends dead letters again. */
    public static final String DEAD_LETTERS = KafkaPrefix.before("apprentice-dead-letters");

    private TransactionalIds() {}

    /** Of dataset-service's producer of a run's batches. */
    public static String dataset(String run) {
        return KafkaPrefix.before("dataset-service-" + run);
    }

    /** Of the trainer's producer of a run's progress and checkpoints. */
    public static String trainer(String run) {
        return KafkaPrefix.before("trainer-" + run);
    }
}
