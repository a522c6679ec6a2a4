package dev.apprentice.judge.page.pipeline;

import dev.apprentice.contracts.topic.ConsumerGroups;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import java.util.List;

/**
 * A topic that a service reads as a consumer group, which shares its partitions out over the service's instances.
 *
 * @param topic what is read
 * @param group the consumer group
 * @param service who reads
 * @param work what it makes of it, in a few words
 * @param transactional whether the topic is written in transactions, each of which ends with a marker that takes an offset
 * @param commits whether it commits how far it has come, which is what a lag is reckoned from
 */
record Crossing(Topic<?> topic, String group, String service, String work, boolean transactional, boolean commits) {

    /**
     * In the order of the way. The trainer only shares runs out by its group; its position in a run's batches is in its
     * checkpoints.
     */
    static final List<Crossing> ALL = List.of(
            new Crossing(Topics.INSTRUCTIONS, ConsumerGroups.DATASET_SERVICE, "dataset-service", "keeps examples", false, true),
            new Crossing(Topics.RUNS, ConsumerGroups.DATASET_SERVICE, "dataset-service", "prepares batches", false, true),
            new Crossing(Topics.RUNS, ConsumerGroups.TRAINER_SERVICE, "trainer-service", "trains", false, false),
            new Crossing(Topics.CHECKPOINTS, ConsumerGroups.DATASET_SERVICE, "dataset-service", "sets exams", true, true),
            new Crossing(Topics.PROMPTS, ConsumerGroups.INFERENCE_SERVICE, "inference-service", "answers", true, true),
            new Crossing(Topics.RESPONSES, ConsumerGroups.JUDGE_SERVICE, "judge-service", "grades", false, true),
            new Crossing(Topics.SCORES, ConsumerGroups.JUDGE_REPORTS, "judge-service", "reports", false, true));
}
