package dev.apprentice.inference.serving;

import dev.apprentice.contracts.Checkpoint;
import dev.apprentice.inference.model.Answer;
import dev.apprentice.inference.model.CheckpointFolder;
import dev.apprentice.inference.model.HeldCheckpoints;
import dev.apprentice.prompts.PromptStyle;
import dev.apprentice.service.RunLog;
import jakarta.enterprise.context.ApplicationScoped;

/** Puts an instruction to a checkpoint in the style it was taught. */
@ApplicationScoped
public class Questions {

    private final HeldCheckpoints held;

    Questions(HeldCheckpoints held) {
        this.held = held;
    }

    /** Waits for the model; see {@link HeldCheckpoints#answerQuestion} for what can go wrong. */
    public Answer ask(Checkpoint checkpoint, String instruction, String input, int maxNewTokens)
            throws InterruptedException {
        String prompt = PromptStyle.of(checkpoint.promptStyle()).question(instruction, input);
        try (RunLog log = RunLog.of(checkpoint.run())) {
            return held.answerQuestion(
                    new CheckpointFolder(checkpoint.uri(), checkpoint.digest()), prompt, maxNewTokens);
        }
    }
}
