package dev.apprentice.dataset.lesson;

import dev.apprentice.dataset.example.Example;
import dev.apprentice.model.tokenizer.TokenizedRow;
import dev.apprentice.model.tokenizer.Tokenizer;
import dev.apprentice.prompts.PromptStyle;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Formats and tokenises examples, many at a time because that keeps all cores busy, and collects their rows.
 *
 * <p>The prompt of a row is the whole question, the answer's header included: what is learned with
 * {@code training.maskInstruction} is exactly what a model that is asked has to write.
 */
final class RowCollector {

    private static final int AT_A_TIME = 1_000;

    private final PromptStyle style;
    private final Tokenizer tokenizer;
    private final RowBuilder builder;
    private final Timer tokenizing;

    private final List<Share> waitingFor = new ArrayList<>(AT_A_TIME);
    private final List<String> prompts = new ArrayList<>(AT_A_TIME);
    private final List<String> answers = new ArrayList<>(AT_A_TIME);

    private final List<Row> trainRows = new ArrayList<>();
    private final List<Row> validationRows = new ArrayList<>();
    private int trainExamples;
    private int validationExamples;

    RowCollector(PromptStyle style, Tokenizer tokenizer, RowBuilder builder, Timer tokenizing) {
        this.style = style;
        this.tokenizer = tokenizer;
        this.builder = builder;
        this.tokenizing = tokenizing;
    }

    /** @param share {@link Share#TRAIN} or {@link Share#VALIDATION} */
    void add(Share share, Example example) {
        waitingFor.add(share);
        prompts.add(style.question(example.instruction(), example.input()));
        answers.add(example.output());
        if (share == Share.TRAIN) {
            trainExamples++;
        } else {
            validationExamples++;
        }
        if (waitingFor.size() == AT_A_TIME) {
            finish();
        }
    }

    /** Tokenises what is still waiting. */
    void finish() {
        List<TokenizedRow> tokenized = tokenizing.record(() -> tokenizer.encodeRows(prompts, answers));
        for (int i = 0; i < tokenized.size(); i++) {
            Optional<Row> row = builder.build(tokenized.get(i));
            row.ifPresent((waitingFor.get(i) == Share.TRAIN ? trainRows : validationRows)::add);
        }
        waitingFor.clear();
        prompts.clear();
        answers.clear();
    }

    List<Row> trainRows() {
        return trainRows;
    }

    List<Row> validationRows() {
        return validationRows;
    }

    int trainExamples() {
        return trainExamples;
    }

    int validationExamples() {
        return validationExamples;
    }

    /** How many examples gave no row. */
    int leftOut() {
        return trainExamples + validationExamples - trainRows.size() - validationRows.size();
    }
}
