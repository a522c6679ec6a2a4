package dev.apprentice.inference.answering;

import dev.apprentice.contracts.event.Prompt;
import dev.apprentice.inference.models.CheckpointFolder;
import dev.apprentice.inference.models.Question;
import dev.apprentice.model.DeviceMemoryException;
import dev.apprentice.prompts.PromptText;
import dev.apprentice.service.log.TraceContext;
import io.opentelemetry.api.trace.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A batch of prompts that one checkpoint answers together.
 *
 * @param checkpoint the checkpoint of all of them
 * @param maxNewTokens maximum number of tokens of each answer
 * @param prompts the prompts, at least one
 */
record PromptBatch(CheckpointFolder checkpoint, int maxNewTokens, List<ReceivedPrompt> prompts) {

    private record Kind(CheckpointFolder checkpoint, int maxNewTokens) {}

    /**
     * Splits prompts into batches with one checkpoint and one limit each. Checkpoints keep the order in which they first appear.
     * Prompts of similar length are batched together, because a row that is done early waits for the longest.
     */
    static List<PromptBatch> of(List<ReceivedPrompt> prompts, int batchSize) {
        Map<Kind, List<ReceivedPrompt>> kinds = new LinkedHashMap<>();
        for (ReceivedPrompt received : prompts) {
            Kind kind = new Kind(received.checkpoint(), received.prompt().maxNewTokens());
            kinds.computeIfAbsent(kind, unseen -> new ArrayList<>()).add(received);
        }
        List<PromptBatch> batches = new ArrayList<>();
        kinds.forEach((kind, alike) -> {
            alike.sort(Comparator.comparingInt(received -> received.prompt().prompt().length()));
            for (int from = 0; from < alike.size(); from += batchSize) {
                List<ReceivedPrompt> together = alike.subList(from, Math.min(from + batchSize, alike.size()));
                batches.add(new PromptBatch(kind.checkpoint(), kind.maxNewTokens(), List.copyOf(together)));
            }
        });
        return batches;
    }

    /**
     * Splits a batch that failed. If memory was short, returns two halves. Otherwise returns a batch per prompt, because one
     * prompt is the cause.
     *
     * @param failure the failure of this batch, which has at least two prompts
     */
    List<PromptBatch> apart(RuntimeException failure) {
        int size = failure instanceof DeviceMemoryException ? (prompts.size() + 1) / 2 : 1;
        List<PromptBatch> parts = new ArrayList<>();
        for (int from = 0; from < prompts.size(); from += size) {
            List<ReceivedPrompt> together = prompts.subList(from, Math.min(from + size, prompts.size()));
            parts.add(new PromptBatch(checkpoint, maxNewTokens, List.copyOf(together)));
        }
        return parts;
    }

    List<Question> questions() {
        return prompts.stream().map(received -> question(received.prompt())).toList();
    }

    private static Question question(Prompt prompt) {
        return prompt.template()
                .map(template -> new Question(
                        new PromptText(prompt.prompt(), template.words(), template.begin()), template.end()))
                .orElseGet(() -> Question.of(prompt.prompt()));
    }

    List<String> references() {
        return prompts.stream().map(received -> received.prompt().output()).toList();
    }

    /** Returns the run of the first prompt. Runs share a batch only if they share a checkpoint. */
    String run() {
        return prompts.get(0).prompt().run();
    }

    /** Returns the step of the first prompt. */
    int step() {
        return prompts.get(0).prompt().step();
    }

    /** Returns the trace of the first prompt, because a log line has room for one trace. */
    Span trace() {
        return Span.fromContext(TraceContext.of(prompts.get(0).record().headers()));
    }
}
