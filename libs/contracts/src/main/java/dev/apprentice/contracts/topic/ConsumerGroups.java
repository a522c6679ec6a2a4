package dev.apprentice.contracts.topic;

/**
 * All consumer groups of the services and the command line.
 *
 * <p>Groups are published language: their lag shows a service's outstanding work, and Kafka's access control lists name them. A
 * group keeps its name across restarts. All names begin with the service's name, after {@link KafkaPrefix} if there is one, so one
 * prefix is enough in an access control list.
 */
public final class ConsumerGroups {

    /** Distributes runs, checkpoints, progress and instructions over the instances of dataset-service. */
    public static final String DATASET_SERVICE = KafkaPrefix.before("dataset-service");
    /** Distributes runs over trainers; the position in a run's batches is in its checkpoints. */
    public static final String TRAINER_SERVICE = KafkaPrefix.before("trainer-service");
    /** Commits up to where unusable records were sent to the dead letters. */
    public static final String TRAINER_REGISTRY = TRAINER_SERVICE + "-registry";
    /** Distributes prompts over the instances of inference-service. */
    public static final String INFERENCE_SERVICE = KafkaPrefix.before("inference-service");
    /** Distributes responses over the instances of judge-service. */
    public static final String JUDGE_SERVICE = KafkaPrefix.before("judge-service");
    /** Commits up to where runs were registered with MLflow. */
    public static final String JUDGE_MLFLOW = JUDGE_SERVICE + "-mlflow";
    /** The aggregation of scores to reports, by Kafka Streams. */
    public static final String JUDGE_REPORTS = streams("reports");

    private ConsumerGroups() {}

    /** Returns the group that holds a stream run's position in the instructions. */
    public static String stream(String run) {
        return DATASET_SERVICE + "-stream-" + run;
    }

    /** Returns the application id of judge-service's Kafka Streams application with this name. */
    public static String streams(String name) {
        return JUDGE_SERVICE + "-" + name;
    }

    /**
     * Returns the group of one instance that reads a whole topic by itself and commits nothing.
     *
     * @param service such as {@code judge-service}
     * @param channel what it reads, such as {@code reports}
     * @param instance the instance's lasting name
     */
    public static String view(String service, String channel, String instance) {
        return KafkaPrefix.before(service) + "-view-" + channel + "-" + instance;
    }
}
