package dev.apprentice.contracts.topic;

/**
 * Every consumer group of the house.
 *
 * <p>Groups are published language: their lag is what a service has yet to do, and Kafka's access lists name them. A group
 * keeps its name from start to start. All begin with the service's name, or with {@link KafkaPrefix} and that, so one prefix is enough in an access list.
 */
public final class ConsumerGroups {

    /** Shares runs, checkpoints, progress and instructions out over the instances of dataset-service. */
    public static final String DATASET_SERVICE = KafkaPrefix.before("dataset-service");
    /** Shares runs out over trainers; the position in a run's batches is in its checkpoints. */
    public static final String TRAINER_SERVICE = KafkaPrefix.before("trainer-service");
    /** Commits up to where unusable records were dead-lettered. */
    public static final String TRAINER_REGISTRY = TRAINER_SERVICE + "-registry";
    /** Shares prompts out over the instances of inference-service. */
    public static final String INFERENCE_SERVICE = KafkaPrefix.before("inference-service");
    /** Shares responses out over the instances of judge-service. */
    public static final String JUDGE_SERVICE = KafkaPrefix.before("judge-service");
    /** Commits up to where runs were registered at MLflow. */
    public static final String JUDGE_MLFLOW = JUDGE_SERVICE + "-mlflow";
    /** The aggregation of scores to reports, by Kafka Streams. */
    public static final String JUDGE_REPORTS = streams("reports");

    private ConsumerGroups() {}

    /** A stream run's position in the instructions. */
    public static String stream(String run) {
        return DATASET_SERVICE + "-stream-" + run;
    }

    /** The Kafka Streams application of judge-service with this name. */
    public static String streams(String name) {
        return JUDGE_SERVICE + "-" + name;
    }

    /**
     * The group of one instance that reads a whole topic for itself and commits nothing.
     *
     * @param service such as {@code judge-service}
     * @param channel what it reads, such as {@code reports}
     * @param instance the instance's lasting name
     */
    public static String view(String service, String channel, String instance) {
        return KafkaPrefix.before(service) + "-view-" + channel + "-" + instance;
    }
}
