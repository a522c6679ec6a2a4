package dev.apprentice.dataset.batches;

import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.dataset.DatasetMetrics;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.layout.ExampleText;
import dev.apprentice.dataset.run.RunPrompts;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.hub.DownloadListener;
import dev.apprentice.model.hub.ModelLocation;
import dev.apprentice.model.tokenizer.Row;
import dev.apprentice.model.tokenizer.RowBuilder;
import dev.apprentice.model.tokenizer.TokenizedRow;
import dev.apprentice.model.tokenizer.Tokenizer;
import dev.apprentice.prompts.AnsweredText;
import dev.apprentice.prompts.PromptFormat;
import dev.apprentice.prompts.PromptStyle;
import dev.apprentice.prompts.PromptText;
import dev.apprentice.prompts.jinja.value.TemplateException;
import io.micrometer.core.instrument.Timer;
import java.nio.file.InvalidPathException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * How a run's examples become rows: its prompt style, its model's tokenizer, and what is done about length.
 *
 * <p>The prompt of a row is the whole question, the answer's header included: what is learned with
 * {@code training.maskInstruction} is exactly what a model that is asked has to write.
 */
public final class RunFormat implements AutoCloseable {

    private final PromptFormat format;
    private final Tokenizer tokenizer;
    private final RowBuilder builder;
    private final boolean answerOnly;
    private final Timer tokenizing;

    /** In a style without special tokens. */
    RunFormat(PromptStyle style, Tokenizer tokenizer, RowBuilder builder, boolean answerOnly, Timer tokenizing) {
        this(withoutTokens(style), tokenizer, builder, answerOnly, tokenizing);
    }

    private static PromptFormat withoutTokens(PromptStyle style) {
        return new PromptFormat(style, Map.of("bos_token", "", "eos_token", ""), List.of(), LocalDateTime.MIN);
    }

    private RunFormat(PromptFormat format, Tokenizer tokenizer, RowBuilder builder, boolean answerOnly, Timer tokenizing) {
        this.format = format;
        this.tokenizer = tokenizer;
        this.builder = builder;
        this.answerOnly = answerOnly;
        this.tokenizing = tokenizing;
    }

    /**
     * @param fetching hears of the model's files where it has to be fetched first
     * @throws PreparationException if the run cannot be formatted, for a reason that its owner can mend
     */
    public static RunFormat open(Run run, DatasetMetrics metrics, DownloadListener fetching) {
        DataSource data = run.specification().data();
        requireName(data);
        ModelFolder model = model(run.specification().model().location(), fetching);
        PromptFormat format = RunPrompts.format(run, model);
        Tokenizer tokenizer = model.tokenizer();
        RowBuilder builder = new RowBuilder(
                format.end().map(tokenizer::id).orElse(OptionalInt.empty()).orElse(model.configuration().endOfText()),
                maxLength(data, model.configuration().contextLength()),
                RowBuilder.Overlong.valueOf(data.overlong().name()),
                run.specification().training().maskInstruction());
        return new RunFormat(format, tokenizer, builder, run.specification().training().maskInstruction(), metrics.tokenizing());
    }

    /** The whole rows of some examples, in their order, all tokenised at once; empty for one that gives none. */
    public List<Optional<Row>> rows(List<Example> examples) {
        return encode(examples).stream().map(builder::build).toList();
    }

    /**
     * All that is learned of some examples, in their order. A text longer than a row may be is several rows; of a conversation
     * of which only answers are learned, each answer is one, behind all that was said before.
     */
    List<List<Row>> allRows(List<Example> examples) {
        return allRows(examples, false);
    }

    /** @param wholeTexts whether a text is one row however long, to be packed with others */
    List<List<Row>> allRows(List<Example> examples, boolean wholeTexts) {
        List<Example> asked = examples.stream().flatMap(example -> answers(example).stream()).toList();
        Iterator<TokenizedRow> tokenized = encode(asked).iterator();
        return examples.stream()
                .map(example -> answers(example).stream()
                        .flatMap(each -> !example.isText()
                                ? builder.build(tokenized.next()).stream()
                                : wholeTexts
                                        ? Stream.of(builder.whole(tokenized.next()))
                                        : builder.pieces(tokenized.next()).stream())
                        .toList())
                .toList();
    }

    private List<Example> answers(Example example) {
        return answerOnly ? example.answers() : List.of(example);
    }

    private List<TokenizedRow> encode(List<Example> examples) {
        if (examples.isEmpty()) {
            return List.of();
        }
        List<AnsweredText> rows = examples.parallelStream().map(this::written).toList();
        return tokenizing.record(() -> tokenizer.encodeMarkedRows(
                rows.stream().map(AnsweredText::text).toList(), rows.stream().map(AnsweredText::answer).toList()));
    }

    /** An example as the model reads it, for people. */
    public String shown(Example example) {
        return written(example).text().text();
    }

    /** An example in Alpaca's words, the usual ones, which need nothing of a model; for people. */
    public static String shownWithoutModel(Example example) {
        return written(example, withoutTokens(PromptStyle.ALPACA)).text().text();
    }

    /**
     * A token of a row.
     *
     * @param text that it stands for; of a part of a character, a replacement character
     * @param learned whether the loss counts it
     */
    public record ShownToken(int id, String text, boolean learned) {}

    /** The tokens of an example's first row, for people; none for one that gives no row. */
    public List<ShownToken> tokens(Example example) {
        List<ShownToken> tokens = new ArrayList<>();
        for (Row row : allRows(List.of(example)).get(0).stream().limit(1).toList()) {
            int[] ids = row.ids();
            for (int i = 0; i < ids.length; i++) {
                boolean learned = i > 0 && (!answerOnly || i >= row.promptLength());
                tokens.add(new ShownToken(ids[i], tokenizer.decode(ids[i]), learned));
            }
        }
        return tokens;
    }

    private AnsweredText written(Example example) {
        return written(example, format);
    }

    private static AnsweredText written(Example example, PromptFormat format) {
        if (example.isText()) {
            return new AnsweredText(PromptText.ordinary(example.instruction() + example.output()), 0);
        }
        try {
            return format.answered(ExampleText.conversation(format.style(), example), example.output());
        } catch (TemplateException e) {
            throw new PreparationException("example '" + example.id() + "' cannot be written in the run's prompt style: "
                    + e.getMessage() + "; change the example or the template", e);
        }
    }

    /**
     * How an example fits into a row.
     *
     * @param length its tokens, without the one that ends it
     * @param tooLong whether it is longer than a row may be; a text never is, it becomes several rows
     * @param leftOut whether it is left out because of that; otherwise it is cut
     */
    public record Fit(int length, boolean tooLong, boolean leftOut) {}

    /** How some examples fit, in their order. */
    public List<Fit> fits(List<Example> examples) {
        Iterator<TokenizedRow> tokenized = encode(examples).iterator();
        return examples.stream().map(example -> fit(example, tokenized.next())).toList();
    }

    private Fit fit(Example example, TokenizedRow row) {
        boolean tooLong = !example.isText() && builder.isTooLong(row);
        return new Fit(row.ids().length, tooLong, tooLong && builder.build(row).isEmpty());
    }

    /** Whether an example describes tools that this style does not write, so that they are not learned. */
    public boolean leavesToolsOut(Example example) {
        return !example.tools().isEmpty() && !format.style().writesTools();
    }

    /** That descriptions of tools are not learned, for people, behind what else is said; empty where no example leaves them out. */
    public String toolsLeftOutInWords(long examples) {
        return examples == 0 ? "" : "; descriptions of tools of %d example%s are not learned, since the prompt style %s writes none"
                .formatted(examples, examples == 1 ? "" : "s", format.style().id());
    }

    /** Inputs that a row may have. */
    public int maxLength() {
        return builder.maxLength();
    }

    /** How many rows were too long so far. */
    int overlongRows() {
        return builder.overlongRows();
    }

    /** How many of them were refused, because their whole answer would have been cut away. */
    int withoutTargets() {
        return builder.withoutTargets();
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    private static void requireName(DataSource data) {
        if (!PromptStyle.isName(data.promptStyle())) {
            throw new PreparationException("prompt style '" + data.promptStyle() + "' is unknown; choose one of "
                    + PromptStyle.names());
        }
    }

    private static ModelFolder model(String location, DownloadListener fetching) {
        try {
            return ModelLocation.open(location, fetching);
        } catch (ModelException | InvalidPathException e) {
            throw new PreparationException(e.getMessage(), e);
        }
    }

    private static int maxLength(DataSource data, int contextLength) {
        int maxLength = data.maxLength().orElse(contextLength);
        if (maxLength > contextLength) {
            throw new PreparationException("data.maxLength is %d, but the model's context holds %d tokens; choose at most that"
                    .formatted(maxLength, contextLength));
        }
        return maxLength;
    }
}
