package dev.apprentice.inference.models;

import dev.apprentice.contracts.event.Response.FinishReason;
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
import dev.apprentice.model.prompt.ModelPrompts;
import dev.apprentice.model.tokenizer.TokenizedRow;
import dev.apprentice.model.tokenizer.Tokenizer;
import dev.apprentice.model.training.LossSum;
import dev.apprentice.prompts.PromptFormat;
import dev.apprentice.prompts.PromptText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** A checkpoint in memory: its model and tokenizer. Like {@link LanguageModel}, it may be used by one thread at a time. */
public final class HeldCheckpoint implements AutoCloseable {

    private final ModelFolder folder;
    private final CheckpointCopies.Copy copy;
    private final Tokenizer tokenizer;
    private final LanguageModel model;

    private HeldCheckpoint(CheckpointCopies.Copy copy, ModelFolder folder, Tokenizer tokenizer, LanguageModel model) {
        this.copy = copy;
        this.folder = folder;
        this.tokenizer = tokenizer;
        this.model = model;
    }

    /**
     * Loads a checkpoint.
     *
     * @param copy the checkpoint's folder; closed with this
     * @throws dev.apprentice.model.ModelException naming the file that is missing or cannot be used
     */
    static HeldCheckpoint load(CheckpointCopies.Copy copy, Device device, Precision precision) {
        ModelFolder folder = ModelFolder.open(copy.folder());
        Tokenizer tokenizer = folder.tokenizer();
        try {
            return new HeldCheckpoint(copy, folder, tokenizer, LanguageModel.load(folder, device, precision));
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /** Returns how many tokens the model can hold for prompt and answer together. */
    public int contextLength() {
        return model.configuration().contextLength();
    }

    /**
     * Answers each prompt greedily, up to one of the model's end tokens, the limit or the end of its context.
     *
     * @param prompts texts ending with the answer part's header
     * @param maxNewTokens maximum number of tokens of each answer, at least 1
     * @return answers in the order of the prompts; batching does not change them
     */
    public List<GeneratedAnswer> answer(List<Question> prompts, int maxNewTokens) {
        long start = System.nanoTime();
        List<int[]> encoded = prompts.stream().map(question -> tokenizer.encode(question.prompt())).toList();
        List<int[]> fitting = encoded.stream().filter(this::fits).toList();
        List<Generated> generated = fitting.isEmpty() ? List.of() : model.generate(fitting, settings(prompts, maxNewTokens));
        double seconds = (System.nanoTime() - start) / 1e9;

        List<GeneratedAnswer> answers = new ArrayList<>();
        int next = 0;
        for (int[] prompt : encoded) {
            answers.add(fits(prompt)
                    ? answer(prompt.length, generated.get(next++), seconds)
                    : new GeneratedAnswer("", FinishReason.PROMPT_TOO_LONG, prompt.length, 0, seconds));
        }
        return answers;
    }

    /**
     * Answers one question, up to one of the model's end tokens, the limit or the end of its context.
     *
     * @param prompt a text ending with the answer part's header
     * @param listener receives the answer piece by piece, and can end it. All pieces together are the answer's text
     */
    public GeneratedAnswer answer(Question prompt, QuestionSettings question, TextListener listener) {
        long start = System.nanoTime();
        int[] ids = tokenizer.encode(prompt.prompt());
        if (!fits(ids)) {
            return new GeneratedAnswer("", FinishReason.PROMPT_TOO_LONG, ids.length, 0, (System.nanoTime() - start) / 1e9);
        }
        GenerationSettings settings = new GenerationSettings(
                question.maxNewTokens(), settings(List.of(prompt), question.maxNewTokens()).stopIds(), question.sampling());
        TextRequest request = new TextRequest(new GenerationRequest(ids, settings), List.of());
        GeneratedText text =
                new TextGenerator(model, tokenizer).generate(List.of(request), new StrippedText(listener)).get(0);
        boolean stopped = text.reason() == Generated.Reason.STOP;
        return new GeneratedAnswer(
                text.text().strip(),
                stopped ? FinishReason.STOP : FinishReason.LENGTH,
                ids.length,
                text.tokens().size() + (stopped ? 1 : 0),
                (System.nanoTime() - start) / 1e9);
    }

    /**
     * Returns how likely the model finds each answer with the end-of-text after it. It takes one pass over prompt and answer, row
     * by row.
     *
     * @param prompts texts ending with the answer part's header
     * @param answers the answers, one for each prompt
     * @return likelihoods in the order of the prompts; empty if prompt and answer exceed the context, or the likelihood is not
     *     finite
     */
    public List<Optional<Likelihood>> likelihoods(List<Question> prompts, List<String> answers) {
        List<PromptText> rows = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            rows.add(prompts.get(i).with(answers.get(i)));
        }
        List<TokenizedRow> tokenized = tokenizer.encodeMarkedRows(
                rows, prompts.stream().map(question -> question.prompt().text().length()).toList());
        return IntStream.range(0, rows.size())
                .mapToObj(i -> likelihood(tokenized.get(i), end(prompts.get(i)).orElse(model.configuration().endOfText())))
                .toList();
    }

    private OptionalInt end(Question question) {
        return question.end().map(tokenizer::id).orElse(OptionalInt.empty());
    }

    private Optional<Likelihood> likelihood(TokenizedRow row, int end) {
        int[] whole = Arrays.copyOf(row.ids(), row.ids().length + 1);
        whole[whole.length - 1] = end;
        int inputs = whole.length - 1;
        if (inputs < 1 || inputs > contextLength()) {
            return Optional.empty();
        }
        LossSum loss = model.loss(
                new TokenBatch(whole, new int[] {whole.length}, new int[] {row.promptLength()}, true));
        return Optional.of(new Likelihood(Math.min(0, -loss.sum()), (int) loss.targets()))
                .filter(found -> Double.isFinite(found.logProbability()));
    }

    /**
     * Returns an instruction in the prompt style of the checkpoint's training.
     *
     * @param style the name of the prompt style; for a template's name, the template in the checkpoint's folder is used
     * @throws dev.apprentice.model.ModelException if the template is missing or cannot be used
     */
    public Question question(String style, String instruction, String input) {
        PromptFormat format =
                ModelPrompts.format(folder, ModelPrompts.style(folder, style, Optional.empty()), Instant.now());
        return new Question(format.question(instruction, input), format.end());
    }

    private boolean fits(int[] prompt) {
        return prompt.length < contextLength();
    }

    private GenerationSettings settings(List<Question> questions, int maxNewTokens) {
        Set<Integer> ends = new HashSet<>(model.configuration().stopIds());
        questions.forEach(question -> end(question).ifPresent(ends::add));
        return new GenerationSettings(maxNewTokens, ends);
    }

    /** Returns the answer. All generated tokens belong to it: the prompt is cut off by token position, never by searching the text. */
    private GeneratedAnswer answer(int promptTokens, Generated generated, double seconds) {
        boolean stopped = generated.reason() == Generated.Reason.STOP;
        return new GeneratedAnswer(
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
        copy.close();
    }
}
