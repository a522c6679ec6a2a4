package dev.apprentice.model.generation;

import java.util.Arrays;
import java.util.stream.IntStream;

/** A prompt while it is being continued. */
final class Continuation {

    private final int index;
    private final int prompt;
    private final GenerationSettings settings;
    private final Sampler sampler;
    private final int[] ids;
    private int length;
    private Generated.Reason reason;

    /**
     * @param index place of the prompt in the list
     * @param request the prompt and its settings
     * @param context the most tokens that the model can see
     */
    Continuation(int index, GenerationRequest request, int context) {
        this.index = index;
        this.prompt = request.prompt().length;
        this.settings = request.settings();
        this.sampler = new Sampler(settings.sampling());
        this.ids = Arrays.copyOf(request.prompt(), Math.min(context, prompt + settings.maxNewTokens()));
        this.length = prompt;
    }

    /**
     * Chooses the next token.
     *
     * @param logits of all tokens; overwritten
     */
    void choose(float[] logits, TokenListener listener) {
        double logOfSum = logOfSum(logits);
        float[] original = logits.clone();
        int id = sampler.draw(logits, IntStream.of(ids).limit(length));
        take(id, original[id] - logOfSum, listener);
    }

    /** Appends a chosen token, unless it ends the row, and passes it to the listener. */
    void take(int id, double logProbability, TokenListener listener) {
        append(id);
        if (reason != Generated.Reason.STOP && !listener.onToken(index, id, logProbability) && reason == null) {
            reason = Generated.Reason.CANCELLED;
        }
    }

    private static double logOfSum(float[] logits) {
        double most = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            most = Math.max(most, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - most);
        }
        return most + Math.log(sum);
    }

    /** Appends a token, or ends the row if it is a stop id. */
    private void append(int id) {
        if (settings.stopIds().contains(id)) {
            reason = Generated.Reason.STOP;
            return;
        }
        ids[length++] = id;
        if (length == ids.length) {
            reason = Generated.Reason.LENGTH;
        }
    }

    boolean greedy() {
        return settings.sampling().plain();
    }

    boolean penalises() {
        return settings.sampling().repetitionPenalty() != 1;
    }

    /** Returns the {@link Sampler#figures()} of the next draw. */
    double[] figures() {
        return sampler.figures();
    }

    boolean finished() {
        return reason != null;
    }

    int promptLength() {
        return prompt;
    }

    int id(int position) {
        return ids[position];
    }

    int lastId() {
        return ids[length - 1];
    }

    int lastPosition() {
        return length - 1;
    }

    Generated result() {
        return new Generated(Arrays.copyOfRange(ids, prompt, length), reason);
    }
}
