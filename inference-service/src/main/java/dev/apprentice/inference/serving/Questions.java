package dev.apprentice.inference.serving;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.inference.models.CheckpointFolder;
import dev.apprentice.inference.models.GeneratedAnswer;
import dev.apprentice.inference.models.HeldCheckpoints;
import dev.apprentice.inference.models.QuestionSettings;
import dev.apprentice.model.generation.TextListener;
import dev.apprentice.service.log.RunLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;

/** Gives a checkpoint an instruction, in the prompt style of its training. */
@ApplicationScoped
public class Questions {

    private final HeldCheckpoints held;

    Questions(HeldCheckpoints held) {
        this.held = held;
    }

    /**
     * Begins to answer; see {@link HeldCheckpoints#beginAnswer} for what can go wrong.
     *
     * @param listener receives the answer piece by piece, and can end it
     */
    public CompletableFuture<GeneratedAnswer> ask(
            Checkpoint checkpoint, String instruction, String input, QuestionSettings settings, TextListener listener)
            throws InterruptedException {
        try (RunLog log = RunLog.of(checkpoint.run(), checkpoint.step())) {
            return held.beginAnswer(
                    new CheckpointFolder(checkpoint.uri(), checkpoint.digest()),
                    model -> model.question(checkpoint.promptStyle(), instruction, input),
                    settings,
                    listener);
        }
    }
}
