package dev.apprentice.trainer.training;

import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.event.Progress.Sample;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.generation.GenerationSettings;
import dev.apprentice.model.tokenizer.Tokenizer;
import dev.apprentice.trainer.batches.EvaluationSet;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Asks one question after every epoch to show how the model learns, like the textbook's generate_and_print_sample. */
final class EpochSample {

    private final LanguageModel model;
    private final Tokenizer tokenizer;
    private final GenerationSettings settings;

    EpochSample(LanguageModel model, Tokenizer tokenizer, int maxNewTokens) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.settings = new GenerationSettings(maxNewTokens, model.configuration().stopIds());
    }

    /** Answers the first question that leaves room for an answer; empty if there is none. */
    Optional<Sample> answer(EvaluationSet evaluationSet) {
        return evaluationSet.validationFirst()
                .flatMap(received -> prompts(received.batch()).stream())
                .filter(prompt -> prompt.length > 0 && prompt.length < model.configuration().contextLength())
                .findFirst()
                .map(prompt -> new Sample(
                        tokenizer.decode(prompt),
                        tokenizer.decode(model.generate(List.of(prompt), settings).get(0).ids())));
    }

    private static List<int[]> prompts(Batch batch) {
        int[][] prompts = new int[batch.rows()][];
        int start = 0;
        for (int row = 0; row < batch.rows(); row++) {
            prompts[row] = Arrays.copyOfRange(batch.tokens(), start, start + batch.promptLengths()[row]);
            start += batch.rowLengths()[row];
        }
        return List.of(prompts);
    }
}
