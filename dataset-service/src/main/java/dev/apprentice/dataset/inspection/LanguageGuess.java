package dev.apprentice.dataset.inspection;

import com.optimaize.langdetect.DetectedLanguage;
import com.optimaize.langdetect.LanguageDetector;
import com.optimaize.langdetect.LanguageDetectorBuilder;
import com.optimaize.langdetect.i18n.LdLocale;
import com.optimaize.langdetect.ngram.NgramExtractors;
import com.optimaize.langdetect.profiles.LanguageProfileReader;
import com.optimaize.langdetect.text.CommonTextObjectFactories;
import com.optimaize.langdetect.text.TextObjectFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Guesses the language of a text by its n-grams of one to three letters. The profiles of its {@value #COUNT} languages take 33
 * MB, and about a second on one core to load. They are loaded for the first text, and evicted if memory is short.
 */
final class LanguageGuess {

    static final int COUNT = 43;

    /** The most widely written languages. With all available profiles, code and names are too often taken for a rare language. */
    private static final List<String> CODES = List.of((
            "ar bg bn ca cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv ms nl no pl pt ro ru sk sl sr sv ta te th tr uk vi"
                    + " zh-CN zh-TW").split(" "));
    private static final double SURE = 0.99;
    /** Fewer letters are too little evidence. In Chinese, Japanese and Korean one character counts as several letters do elsewhere. */
    private static final int LEAST_LETTERS = 20;
    private static final int LEAST_IDEOGRAPHS = 6;

    private static SoftReference<LanguageGuess> known = new SoftReference<>(null);

    private final LanguageDetector detector;
    private final TextObjectFactory texts = CommonTextObjectFactories.forDetectingShortCleanText();

    private LanguageGuess() {
        try {
            List<LdLocale> locales = CODES.stream().map(LdLocale::fromString).toList();
            detector = LanguageDetectorBuilder.create(NgramExtractors.standard())
                    .withProfiles(new LanguageProfileReader().readBuiltIn(locales))
                    .build();
        } catch (IOException e) { // the profiles are in the library's own jar
            throw new UncheckedIOException(e);
        }
    }

    static synchronized LanguageGuess get() {
        LanguageGuess guess = known.get();
        if (guess == null) {
            guess = new LanguageGuess();
            known = new SoftReference<>(guess);
        }
        return guess;
    }

    /** Returns the ISO 639-1 code of a text's language; empty if the text is too short or its language is uncertain. */
    Optional<String> of(String text) {
        long letters = text.codePoints().filter(Character::isLetter).count();
        long ideographs = text.codePoints().filter(LanguageGuess::isIdeograph).count();
        if (letters < LEAST_LETTERS && ideographs < LEAST_IDEOGRAPHS) {
            return Optional.empty();
        }
        Stream<DetectedLanguage> guesses = detector.getProbabilities(texts.forText(text)).stream();
        return guesses.filter(guess -> guess.getProbability() >= SURE).findFirst().map(guess -> guess.getLocale().getLanguage());
    }

    private static boolean isIdeograph(int character) {
        return Character.isIdeographic(character)
                || Stream.of(Character.UnicodeScript.HIRAGANA, Character.UnicodeScript.KATAKANA, Character.UnicodeScript.HANGUL)
                        .anyMatch(script -> script == Character.UnicodeScript.of(character));
    }
}
