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
 * Turns a run's examples into rows: its prompt style, its model's tokenizer and its policy for overlong rows.
 *
 * <p>The prompt of a row is the whole question and the answer's header. So with {@code training.maskInstruction} a run learns
 * exactly what a model has to write when it is asked.
 */
public final class RunFormat implements AutoCloseable {

    private final PromptFormat format;
    private final Tokenizer tokenizer;
    private final RowBuilder builder;
    private final boolean answerOnly;
    private final Timer tokenizing;

    /** Creates a format in a style without special tokens. */
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
     * Opens a run's format with its model's tokenizer.
     *
     * @param fetching is informed of the model's files if they have to be downloaded first
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

    /** Returns the rows of some examples, in their order; empty for an example that gives none. All are tokenised together. */
    public List<Optional<Row>> rows(List<Example> examples) {
        return encode(examples).stream().map(builder::build).toList();
    }

    /**
     * Returns all rows to learn from some examples, in their order. A text longer than a row becomes several rows. If only
     * answers are learned, each answer of a conversation becomes one row, after everything said before it.
     */
    List<List<Row>> allRows(List<Example> examples) {
        return allRows(examples, false);
    }

    /** @param wholeTexts whether a text becomes one row of any length, to be packed with others */
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

    /** Returns an example as the model reads it, for people. */
    public String shown(Example example) {
        return written(example).text().text();
    }

    /** Returns an example in the default style, Alpaca, which needs no model; for people. */
    public static String shownWithoutModel(Example example) {
        return written(example, withoutTokens(PromptStyle.ALPACA)).text().text();
    }

    /**
     * A token of a row.
     *
     * @param text that it stands for; for a part of a character, a replacement character
     * @param learned whether the loss counts it
     */
    public record ShownToken(int id, String text, boolean learned) {}

    /** Returns the tokens of an example's first row, for people; none if the example gives no row. */
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
     * @param tooLong whether it is longer than a row may be; never true for a text, which becomes several rows
     * @param leftOut whether it is left out because of that; otherwise it is truncated
     */
    public record Fit(int length, boolean tooLong, boolean leftOut) {}

    /** Returns how some examples fit, in their order. */
    public List<Fit> fits(List<Example> examples) {
        Iterator<TokenizedRow> tokenized = encode(examples).iterator();
        return examples.stream().map(example -> fit(example, tokenized.next())).toList();
    }

    private Fit fit(Example example, TokenizedRow row) {
        boolean tooLong = !example.isText() && builder.isTooLong(row);
        return new Fit(row.ids().length, tooLong, tooLong && builder.build(row).isEmpty());
    }

    /** Tells whether an example describes tools that this prompt style does not write, and that are therefore not learned. */
    public boolean leavesToolsOut(Example example) {
        return !example.tools().isEmpty() && !format.style().writesTools();
    }

    /** Returns a phrase about tools that are not learned, to be appended to a sentence for people; empty if there are none. */
    public String toolsLeftOutInWords(long examples) {
        return examples == 0 ? "" : "; tool descriptions of %d example%s are not learned: the prompt style %s does not write them"
                .formatted(examples, examples == 1 ? "" : "s", format.style().id());
    }

    /** Returns the largest number of inputs in a row. */
    public int maxLength() {
        return builder.maxLength();
    }

    /** Returns how many rows were too long so far. */
    int overlongRows() {
        return builder.overlongRows();
    }

    /** Returns how many of the overlong rows were refused because truncation would have removed the whole answer. */
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
