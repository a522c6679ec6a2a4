package dev.apprentice.contracts.topic;

/**
 * The {@code transactional.id}s of the services and the command line. They are published language as groups are: Kafka's access
 * control lists name their prefixes. Kafka Streams makes those of judge-service from {@link ConsumerGroups#streams}.
 */
public final class TransactionalIds {

    /** The producer of the command that sends dead letters again. */
    public static final String DEAD_LETTERS = KafkaPrefix.before("apprentice-dead-letters");

    private TransactionalIds() {}

    /** Returns the id of dataset-service's producer of a run's batches. */
    public static String dataset(String run) {
        return KafkaPrefix.before("dataset-service-" + run);
    }

    /** Returns the id of the trainer's producer of a run's progress and checkpoints. */
    public static String trainer(String run) {
        return KafkaPrefix.before("trainer-" + run);
    }
}
