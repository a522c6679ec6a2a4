package dev.apprentice.dataset.inspection;

import dev.apprentice.dataset.batches.RunFormat;
import dev.apprentice.dataset.batches.RunFormat.Fit;
import dev.apprentice.dataset.batches.RunFormat.ShownToken;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.example.TextHashSet;
import dev.apprentice.dataset.datasets.reading.Reading;
import dev.apprentice.dataset.datasets.reading.Reject;
import dev.apprentice.dataset.datasets.reading.Violation;
import dev.apprentice.dataset.inspection.Inspection.Lengths;
import dev.apprentice.dataset.inspection.Inspection.Place;
import dev.apprentice.dataset.inspection.Inspection.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects what there is to say of data while it is read: some bytes an example, and the first places of each problem. */
final class Findings {

    private static final int AT_A_TIME = 1_000;
    private static final int PLACES = 3;
    private static final int BEGINNING = 100;

    /** The number of another entry, or a length, makes no problem of its own. */
    private static final String NUMBER = "\\d[\\d,.]*";

    private final Optional<RunFormat> format;
    private final TextHashSet known = new TextHashSet();
    private final Map<String, Problem> problems = new LinkedHashMap<>();
    private final List<Example> waiting = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private int[] lengths = new int[AT_A_TIME];
    private int measured;
    private int tooLong;
    private int leftOut;
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
     * @param format that of the model, where one is named
     * @param samples how many examples are wanted
     */
    Findings(Optional<RunFormat> format, int samples) {
        this.format = format;
        this.samples = samples;
    }

    /** An example that can be used. */
    void add(Example example, String file, int entry, int line) {
        Place place = new Place(file, entry, line, shortened(example.instruction()));
        if (!known.add(example.textHash())) {
            note("says all that an earlier entry says", place);
        }
        if (sample.size() < samples) {
            sample.add(example);
        }
        if (format.map(model -> model.leavesToolsOut(example)).orElse(!example.tools().isEmpty())) { // Alpaca's words have none
            note("describes tools, which the prompt style does not write; they are not learned", place);
        }
        labels.add(example.output());
        languages.add(example);
        waiting.add(example);
        places.add(place);
        if (waiting.size() == AT_A_TIME) {
            measure();
        }
    }

    /** An entry that cannot be used. */
    void add(Reject reject) {
        Violation first = reject.violations().get(0);
        note(first.field().map(field -> "'" + field + "' ").orElse("") + first.message().replaceAll(NUMBER, "N"),
                new Place(first.file().orElse(""), first.entry(), first.line(), shortened(reject.content())));
    }

    Inspection with(Reading reading) {
        measure();
        List<Problem> all = problems.values().stream().sorted(Comparator.comparingInt(Problem::count).reversed()).toList();
        int leftOut = reading.omissions().rows().values().stream().mapToInt(Integer::intValue).sum();
        return new Inspection(reading.accepted() + reading.rejected() + leftOut, reading.accepted(), reading.layouts(),
                reading.ignored().examples(), all, lengths(), reading.first(), Optional.of(firstAsRead).filter(text -> !text.isEmpty()),
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
            if (fit.tooLong()) {
                tooLong++;
                leftOut += fit.leftOut() ? 1 : 0;
                note("is longer than a row may be, and is " + (fit.leftOut() ? "left out" : "cut"), places.get(i));
            }
            keep(fit.length());
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

    private void keep(int length) {
        if (measured == lengths.length) {
            lengths = Arrays.copyOf(lengths, 2 * measured);
        }
        lengths[measured++] = length;
    }

    private Lengths lengths() {
        int[] sorted = Arrays.copyOf(lengths, measured);
        Arrays.sort(sorted);
        return new Lengths(format.isPresent() ? "tokens" : "characters", sorted[0], sorted[(measured - 1) / 2],
                sorted[(int) Math.ceil(0.95 * measured) - 1], sorted[measured - 1], format.map(RunFormat::maxLength), tooLong, leftOut,
                Histogram.of(sorted));
    }

    private void note(String what, Place place) {
        Problem before = problems.getOrDefault(what, new Problem(what, 0, List.of()));
        List<Place> first = new ArrayList<>(before.places());
        if (first.size() < PLACES) {
            first.add(place);
        }
        problems.put(what, new Problem(what, before.count() + 1, List.copyOf(first)));
    }

    private static String shortened(String text) {
        return text.length() <= BEGINNING ? text : text.substring(0, BEGINNING) + "…";
    }
}
