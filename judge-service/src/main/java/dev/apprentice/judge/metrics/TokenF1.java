package dev.apprentice.judge.metrics;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * F1 of the two texts' words as multisets, as in SQuAD's evaluation (Rajpurkar et al., 2016). Texts without words count as in the
 * script for SQuAD 2.0.
 *
 * <pre>
 * reference "The cat sat."  → {cat, sat}
 * response  "A cat, a cat!" → {cat, cat}     one in common: precision 1/2, recall 1/2, F1 1/2
 * </pre>
 *
 * Texts are converted to lower case, and ASCII punctuation and the articles a, an, the are removed first.
 */
public final class TokenF1 implements ReferenceMetric {

    static final String NAME = "token_f1";

    private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}");
    private static final Pattern ARTICLES =
            Pattern.compile("\\b(a|an|the)\\b", Pattern.UNICODE_CHARACTER_CLASS);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public double of(String reference, String response) {
        List<String> wanted = words(reference);
        List<String> given = words(response);
        if (wanted.isEmpty() || given.isEmpty()) {
            return wanted.equals(given) ? 1 : 0;
        }
        return FMeasure.of(Multiset.of(wanted).common(Multiset.of(given)), wanted.size(), given.size());
    }

    private static List<String> words(String text) {
        String plain = PUNCTUATION.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
        String bare = ARTICLES.matcher(plain).replaceAll(" ");
        return WhiteSpace.split(bare);
    }
}
