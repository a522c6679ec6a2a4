package dev.apprentice.inference;

import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.Arrays;

/** Greedy decoding by its definition: the likeliest next token, with a full forward pass for each token, one prompt at a time. */
public final class GreedyReference implements AutoCloseable {

    private final Tokenizer tokenizer;
    private final LanguageModel model;

    public GreedyReference(Path folder) {
        ModelFolder opened = ModelFolder.open(folder);
        tokenizer = opened.tokenizer();
        model = LanguageModel.load(opened);
    }

    public String answer(String prompt, int maxNewTokens) {
        int[] ids = tokenizer.encode(prompt);
        int prompted = ids.length;
        while (ids.length - prompted < maxNewTokens && ids.length < model.configuration().contextLength()) {
            int next = likeliest(model.logits(ids));
            if (next == model.configuration().endOfText()) {
                break;
            }
            ids = Arrays.copyOf(ids, ids.length + 1);
            ids[ids.length - 1] = next;
        }
        return tokenizer.decode(Arrays.copyOfRange(ids, prompted, ids.length)).strip();
    }

    /** Returns the log probability of the answer and the end-of-text after it, summed token by token. */
    public double logProbability(String prompt, String answer) {
        int[] ids = tokenizer.encode(prompt + answer);
        double sum = 0;
        for (int known = tokenizer.encode(prompt).length; known <= ids.length; known++) {
            int next = known < ids.length ? ids[known] : model.configuration().endOfText();
            sum += logSoftmax(model.logits(Arrays.copyOf(ids, known)), next);
        }
        return sum;
    }

    private static double logSoftmax(float[] logits, int id) {
        double exponentials = 0;
        for (float logit : logits) {
            exponentials += Math.exp(logit - logits[id]);
        }
        return -Math.log(exponentials);
    }

    private static int likeliest(float[] logits) {
        int best = 0;
        for (int id = 1; id < logits.length; id++) {
            if (logits[id] > logits[best]) {
                best = id;
            }
        }
        return best;
    }

    @Override
    public void close() {
        model.close();
        tokenizer.close();
    }
}
