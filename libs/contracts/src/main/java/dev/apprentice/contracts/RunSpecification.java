package dev.apprentice.contracts;

import java.util.Optional;

/**
 * A run in full: which model learns what, how, and who grades it.
 *
 * @param model where the base model lies
 * @param data what it learns, and in which form
 * @param training the hyper-parameters
 * @param generation how test prompts are answered
 * @param judge the judge model that grades the answers (an Ollama model name); empty leaves it to judge-service's own
 *     configuration
 */
public record RunSpecification(
        ModelSource model, DataSource data, Training training, Generation generation, Optional<String> judge) {

    public RunSpecification {
        Require.present(model, "specification.model");
        Require.present(data, "specification.data");
        training = training == null ? Training.DEFAULTS : training;
        generation = generation == null ? Generation.DEFAULTS : generation;
        judge = judge == null ? Optional.empty() : judge;
    }

    /**
     * How test prompts are answered: greedily, up to a length.
     *
     * @param maxNewTokens tokens an answer may have, at least 1
     */
    public record Generation(int maxNewTokens) {

        public static final Generation DEFAULTS = new Generation(256);

        public Generation {
            Require.atLeast(1, maxNewTokens, "generation.maxNewTokens");
        }
    }
}
