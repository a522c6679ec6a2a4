package dev.apprentice.judge.pipeline;

import dev.apprentice.contracts.Topic;
import dev.apprentice.contracts.Topics;
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
            new Crossing(Topics.INSTRUCTIONS, "dataset-service", "dataset-service", "keeps examples", false, true),
            new Crossing(Topics.RUNS, "dataset-service", "dataset-service", "prepares batches", false, true),
            new Crossing(Topics.RUNS, "trainer-service", "trainer-service", "trains", false, false),
            new Crossing(Topics.CHECKPOINTS, "dataset-service", "dataset-service", "sets exams", true, true),
            new Crossing(Topics.PROMPTS, "inference-service", "inference-service", "answers", true, true),
            new Crossing(Topics.RESPONSES, "judge-service", "judge-service", "grades", false, true),
            new Crossing(Topics.SCORES, "judge-service-reports", "judge-service", "reports", false, true));
}
