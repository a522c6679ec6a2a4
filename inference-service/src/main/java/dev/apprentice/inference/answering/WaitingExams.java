package dev.apprentice.inference.answering;

import dev.apprentice.contracts.event.Prompt;
import dev.apprentice.inference.InferenceSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Lists the exams of a run that wait for a checkpoint, and why. */
@ApplicationScoped
public class WaitingExams {

    private final AbsentCheckpoints absent;
    private final int attempts;

    WaitingExams(AbsentCheckpoints absent, InferenceSettings settings) {
        this.absent = absent;
        this.attempts = settings.retry().attempts();
    }

    /** Returns the waiting exams of this run; empty for an unknown run. */
    public List<WaitingExam> of(String run) {
        List<WaitingExam> waiting = new ArrayList<>();
        for (AbsentCheckpoint checkpoint : absent.all()) {
            Map<Integer, Long> steps = checkpoint.batches().stream()
                    .flatMap(batch -> batch.prompts().stream())
                    .map(ReceivedPrompt::prompt)
                    .filter(prompt -> prompt.run().equals(run))
                    .collect(Collectors.groupingBy(Prompt::step, TreeMap::new, Collectors.counting()));
            steps.forEach((step, prompts) -> waiting.add(new WaitingExam(step, checkpoint.checkpoint().uri(),
                    prompts.intValue(), checkpoint.attempts(), attempts, checkpoint.why().getMessage())));
        }
        return waiting;
    }
}
