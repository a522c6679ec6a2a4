package dev.apprentice.chat.rouge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The splitting of texts into words for ROUGE, in lower case and without stemming. */
public enum RougeWords {
    /** The words of Google's {@code rouge_score}: runs of a-z and 0-9. A text in another script has none. */
    PUBLISHED("[a-z0-9]+"),
    /**
     * Runs of letters, marks and digits of any script. In a script without spaces between words, each character is a word:
     *
     * <pre>
     * "Ответ: 4 кошки"   → ответ, 4, кошки
     * "猫が4匹います"      → 猫, が, 4, 匹, い, ま, す
     * </pre>
     */
    ANY_SCRIPT("[UNSPACED]\\p{M}*|[\\p{L}\\p{M}\\p{N}&&[^UNSPACED]]+".replace("UNSPACED",
            "\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}"));

    private final Pattern word;

    RougeWords(String word) {
        this.word = Pattern.compile(word);
    }

    /** Returns all words of a text, in order. */
    public List<String> of(String text) {
        return of(text, Integer.MAX_VALUE);
    }

    /** Returns the first words of a text, at most {@code most}. */
    public List<String> of(String text, int most) {
        List<String> words = new ArrayList<>();
        Matcher found = word.matcher(text.toLowerCase(Locale.ROOT));
        while (words.size() < most && found.find()) {
            words.add(found.group());
        }
        return words;
    }
}
