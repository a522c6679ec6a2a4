package dev.apprentice.inference.models;

import dev.apprentice.contracts.Response.FinishReason;
import dev.apprentice.model.Device;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.Precision;
import dev.apprentice.model.TokenBatch;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.generation.Generated;
import dev.apprentice.model.generation.GeneratedText;
import dev.apprentice.model.generation.GenerationRequest;
import dev.apprentice.model.generation.GenerationSettings;
import dev.apprentice.model.generation.TextGenerator;
import dev.apprentice.model.generation.TextListener;
import dev.apprentice.model.generation.TextRequest;
import dev.apprentice.model.tokenizer.TokenizedRow;
import dev.apprentice.model.tokenizer.Tokenizer;
import dev.apprentice.model.training.LossSum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A checkpoint in memory: model and tokenizer. Answers on one thread at a time, as {@link LanguageModel} does. */
public final class HeldCheckpoint implements AutoCloseable {

    private final Tokenizer tokenizer;
    private final LanguageModel model;

    private HeldCheckpoint(Tokenizer tokenizer, LanguageModel model) {
        this.tokenizer = tokenizer;
        this.model = model;
    }

    /** @throws dev.apprentice.model.ModelException naming the file that is missing or cannot be used */
    static HeldCheckpoint load(ModelFolder folder, Device device, Precision precision) {
        Tokenizer tokenizer = folder.tokenizer();
        try {
            return new HeldCheckpoint(tokenizer, LanguageModel.load(folder, device, precision));
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /** Positions the model has for prompt and answer together. */
    public int contextLength() {
        return model.configuration().contextLength();
    }

    /**
     * Answers each prompt greedily, up to one of the model's ends of text, the limit or the end of its context.
     *
     * @param prompts texts ending with the answer part's header
     * @param maxNewTokens limit of tokens for each answer, at least 1
     * @return answers in the order of the prompts; each is the same as it would be alone
     */
    public List<Answer> answer(List<String> prompts, int maxNewTokens) {
        long start = System.nanoTime();
        List<int[]> encoded = prompts.stream().map(tokenizer::encode).toList();
        List<int[]> fitting = encoded.stream().filter(this::fits).toList();
        List<Generated> generated = fitting.isEmpty() ? List.of() : model.generate(fitting, settings(maxNewTokens));
        double seconds = (System.nanoTime() - start) / 1e9;

        List<Answer> answers = new ArrayList<>();
        int next = 0;
        for (int[] prompt : encoded) {
            answers.add(fits(prompt)
                    ? answer(prompt.length, generated.get(next++), seconds)
                    : new Answer("", FinishReason.PROMPT_TOO_LONG, prompt.length, 0, seconds));
        }
        return answers;
    }

    /**
     * Answers one question, up to one of the model's ends of text, the limit or the end of its context.
     *
     * @param prompt a text ending with the answer part's header
     * @param listener hears of the answer piece by piece; all pieces together are its text. It can end the answer
     */
    public Answer answer(String prompt, QuestionSettings question, TextListener listener) {
        long start = System.nanoTime();
        int[] ids = tokenizer.encode(prompt);
        if (!fits(ids)) {
            return new Answer("", FinishReason.PROMPT_TOO_LONG, ids.length, 0, (System.nanoTime() - start) / 1e9);
        }
        GenerationSettings settings = new GenerationSettings(
                question.maxNewTokens(), settings(question.maxNewTokens()).stopIds(), question.sampling());
        TextRequest request = new TextRequest(new GenerationRequest(ids, settings), List.of());
        GeneratedText text =
                new TextGenerator(model, tokenizer).generate(List.of(request), new StrippedText(listener)).get(0);
        boolean stopped = text.reason() == Generated.Reason.STOP;
        return new Answer(
                text.text().strip(),
                stopped ? FinishReason.STOP : FinishReason.LENGTH,
                ids.length,
                text.tokens().size() + (stopped ? 1 : 0),
                (System.nanoTime() - start) / 1e9);
    }

    /**
     * How likely the model finds each answer and the end-of-text behind it: one pass over prompt and answer, row by row.
     *
     * @param prompts texts ending with the answer part's header
     * @param answers as many answers
     * @return in the order of the prompts; empty where both together are longer than the context
     */
    public List<Optional<Likelihood>> likelihoods(List<String> prompts, List<String> answers) {
        return tokenizer.encodeRows(prompts, answers).stream().map(this::likelihood).toList();
    }

    private Optional<Likelihood> likelihood(TokenizedRow row) {
        int[] whole = Arrays.copyOf(row.ids(), row.ids().length + 1);
        whole[whole.length - 1] = model.configuration().endOfText();
        int inputs = whole.length - 1;
        if (inputs < 1 || inputs > contextLength()) {
            return Optional.empty();
        }
        LossSum loss = model.loss(
                new TokenBatch(whole, new int[] {whole.length}, new int[] {row.promptLength()}, true));
        return Optional.of(new Likelihood(Math.min(0, -loss.sum()), (int) loss.targets()))
                .filter(found -> Double.isFinite(found.logProbability()));
    }

    private boolean fits(int[] prompt) {
        return prompt.length < contextLength();
    }

    private GenerationSettings settings(int maxNewTokens) {
        return new GenerationSettings(maxNewTokens, model.configuration().stopIds());
    }

    /** What was generated is all response: the prompt is cut off by token position, never by searching the text. */
    private Answer answer(int promptTokens, Generated generated, double seconds) {
        boolean stopped = generated.reason() == Generated.Reason.STOP;
        return new Answer(
                tokenizer.decode(generated.ids()).strip(),
                stopped ? FinishReason.STOP : FinishReason.LENGTH,
                promptTokens,
                generated.ids().length + (stopped ? 1 : 0),
                seconds);
    }

    @Override
    public void close() {
        model.close();
        tokenizer.close();
    }
}
