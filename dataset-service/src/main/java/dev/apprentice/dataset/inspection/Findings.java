package dev.apprentice.dataset.inspection;

import dev.apprentice.contracts.Shortened;
import dev.apprentice.dataset.batches.RunFormat;
import dev.apprentice.dataset.batches.RunFormat.Fit;
import dev.apprentice.dataset.batches.RunFormat.ShownToken;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.reading.outcome.ReadingResult;
import dev.apprentice.dataset.datasets.reading.outcome.Reject;
import dev.apprentice.dataset.datasets.reading.outcome.Violation;
import dev.apprentice.dataset.inspection.Inspection.Place;
import dev.apprentice.dataset.table.LongMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the findings of an inspection while the data is read. */
final class Findings {

    private static final int AT_A_TIME = 1_000;
    private static final int BEGINNING = 100;

    private final Optional<RunFormat> format;
    private final LongMap known;
    private final EntryProblems problems = new EntryProblems();
    private final List<Example> waiting = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private final RowLengths lengths = new RowLengths();
    private final List<Example> sample = new ArrayList<>();
    private final int samples;
    private final Labels labels = new Labels();
    private final Languages languages = new Languages();
    private int texts;
    private long textTokens;
    private long textRows;
    private String firstAsRead = "";
    private List<ShownToken> tokens = List.of();

    /**
     * @param format of the model, if one is named
     * @param samples how many examples to keep as a sample
     * @param known an empty map for the texts' hashes
     */
    Findings(Optional<RunFormat> format, int samples, LongMap known) {
        this.known = known;
        this.format = format;
        this.samples = samples;
    }

    /** Adds an example. */
    void add(Example example, String file, int entry, int line) throws IOException {
        Place place = new Place(file, entry, line, shortened(example.instruction()));
        if (!known.add(example.textHash())) {
            problems.note("repeats an earlier entry", place);
        }
        if (sample.size() < samples) {
            sample.add(example);
        }
        if (format.map(model -> model.leavesToolsOut(example)).orElse(!example.tools().isEmpty())) { // Alpaca's prompt has none
            problems.note("describes tools, which the prompt style does not write; they are not learned", place);
        }
        labels.add(example.output());
        languages.add(example);
        waiting.add(example);
        places.add(place);
        if (waiting.size() == AT_A_TIME) {
            measure();
        }
    }

    /** Adds an entry that cannot be used. */
    void add(Reject reject) {
        Violation first = reject.violations().get(0);
        problems.note(first.field().map(field -> "'" + field + "' ").orElse("") + first.message(),
                new Place(first.file().orElse(""), first.entry(), first.line(), shortened(reject.content())));
    }

    Inspection with(ReadingResult reading) {
        measure();
        int leftOut = reading.omissions().rows().values().stream().mapToInt(Integer::intValue).sum();
        return new Inspection(reading.accepted() + reading.rejected() + leftOut, reading.accepted(), reading.layouts(),
                reading.ignored().examples(), problems.mostFirst(), lengths.summary(format), reading.first(),
                Optional.of(firstAsRead).filter(text -> !text.isEmpty()),
                reading.omissions(), sample, labels.counted(), languages.counted(), tokens,
                texts == 0 ? Optional.empty() : Optional.of(new Inspection.Texts(texts, textTokens, textRows, rows(textTokens - 1))));
    }

    private void measure() {
        if (firstAsRead.isEmpty() && !waiting.isEmpty()) {
            firstAsRead = format.map(model -> model.shown(waiting.get(0))).orElseGet(() -> RunFormat.shownWithoutModel(waiting.get(0)));
            tokens = format.map(model -> model.tokens(waiting.get(0))).orElse(List.of());
        }
        List<Fit> fits = format.map(model -> model.fits(waiting)).orElseGet(() -> waiting.stream().map(Findings::characters).toList());
        for (int i = 0; i < fits.size(); i++) {
            Fit fit = fits.get(i);
            lengths.add(fit);
            if (fit.tooLong()) {
                problems.note("is longer than a row may be, and is " + (fit.leftOut() ? "left out" : "truncated"), places.get(i));
            }
            if (format.isPresent() && waiting.get(i).isText()) {
                texts++;
                textTokens += fit.length() + 1; // its end-of-text
                textRows += rows(fit.length());
            }
        }
        waiting.clear();
        places.clear();
    }

    private long rows(long targets) {
        int each = format.orElseThrow().maxLength();
        return (targets + each - 1) / each;
    }

    private static Fit characters(Example example) {
        return new Fit(example.instruction().length() + example.input().length() + example.output().length(), false, false);
    }

    private static String shortened(String text) {
        return Shortened.to(BEGINNING, text);
    }
}
