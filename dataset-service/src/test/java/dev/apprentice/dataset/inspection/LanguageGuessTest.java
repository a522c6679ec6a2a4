package dev.apprentice.dataset.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that a text's language is guessed if the text is long enough, and unknown otherwise. */
class LanguageGuessTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "unknown", value = {
        "en|The bakery in Ashcombe opens at seven on weekdays.",
        "de|Die Bäckerei öffnet werktags um sieben Uhr.",
        "fr|La boulangerie ouvre à sept heures en semaine.",
        "es|El panadero abre a las siete de la mañana.",
        "ru|Пекарня открывается в семь часов утра по будням.",
        "ja|パン屋は平日の朝七時に開きます。",
        "zh|面包店工作日早上七点开门。",
        "unknown|Yes.",
        "unknown|Paris",
        "unknown|2 + 2 = 4, 3 + 3 = 6",
        "unknown|x = [1, 2, 3]; print(sum(x))",
        // Danish and Norwegian are written alike: this may be either
        "unknown|Bageren åbner klokken syv på hverdage."
    })
    void aTextThatSaysTooLittleIsInNoLanguage(String language, String text) {
        assertThat(LanguageGuess.get().of(text).orElse(null)).isEqualTo(language);
    }
}
