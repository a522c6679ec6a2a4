package dev.apprentice.judge.page.pipeline;

import dev.apprentice.contracts.topic.ConsumerGroups;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import java.util.List;

/**
 * A topic that a service reads as a consumer group, which distributes the partitions over the service's instances.
 *
 * @param topic the topic
 * @param group the consumer group
 * @param service the service that reads
 * @param work what the service does with the records, in a few words
 * @param transactional whether the topic is written in transactions, each of which ends with a marker that occupies an offset
 * @param commits whether the group commits offsets, from which the lag is computed
 */
record Crossing(Topic<?> topic, String group, String service, String work, boolean transactional, boolean commits) {

    /**
     * All crossings, in the order in which data passes them. The trainer uses its group only to distribute runs; its position in
     * a run's batches is in its checkpoints.
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
