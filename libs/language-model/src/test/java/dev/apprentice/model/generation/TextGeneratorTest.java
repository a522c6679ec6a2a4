package dev.apprentice.model.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.tokenizer.Tokenizer;
import dev.apprentice.testkit.Fixtures;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tokenizer's tokens are single bytes. So a character may take several tokens, and many tokens are no character. */
class TextGeneratorTest {

    private static final int LENGTH = 60;

    @TempDir
    Path temporary;

    private LanguageModel model;
    private Tokenizer tokenizer;
    private TextGenerator generator;

    @BeforeEach
    void load() {
        ModelFolder folder = ModelFolder.open(Fixtures.modelFolder("tiny-gpt2", temporary));
        model = LanguageModel.load(folder);
        tokenizer = folder.tokenizer();
        generator = new TextGenerator(model, tokenizer);
    }

    @AfterEach
    void close() {
        model.close();
        tokenizer.close();
    }

    @Test
    void piecesTogetherAreTheTextOfTheTokens() {
        for (long seed = 0; seed < 5; seed++) {
            StringBuilder told = new StringBuilder();
            GeneratedText generated = generator.generate(List.of(request(seed)), (row, text) -> {
                        assertThat(text).isNotEmpty();
                        told.append(text);
                        return true;
                    })
                    .get(0);
            int[] ids = generated.tokens().stream().mapToInt(GeneratedText.Token::id).toArray();
            assertThat(generated.text()).hasToString(told.toString());
            // a lone byte may be replaced alone or with its neighbours; all other text is equal
            assertThat(generated.text().replace("\uFFFD", "")).isEqualTo(tokenizer.decode(ids).replace("\uFFFD", ""));
            assertThat(generated.reason()).isEqualTo(Generated.Reason.LENGTH);
            assertThat(ids).hasSize(LENGTH);
        }
    }

    @Test
    void aRowEndsWhereItsStopStringBeginsAndTheOthersGoOn() {
        GeneratedText unstopped = generator.generate(List.of(request(3)), TextListener.NONE).get(0);
        String stop = unstopped.text().substring(12, 15);
        String expected = unstopped.text().substring(0, unstopped.text().indexOf(stop));
        StringBuilder told = new StringBuilder();

        List<GeneratedText> rows = generator.generate(List.of(request(4), request(3, "never there", stop)), (row, text) -> {
            if (row == 1) {
                told.append(text);
                assertThat(expected).startsWith(told);
            }
            return true;
        });

        assertThat(rows.get(1).text()).isEqualTo(expected);
        assertThat(told.toString()).isEqualTo(expected);
        assertThat(rows.get(1).reason()).isEqualTo(Generated.Reason.STOP);
        assertThat(rows.get(1).stopString()).contains(stop);
        assertThat(rows.get(1).tokens().size()).isLessThan(LENGTH);
        assertThat(rows.get(0).text()).isEqualTo(generator.generate(List.of(request(4)), TextListener.NONE).get(0).text());
    }

    @Test
    void whoHasHeardEnoughEndsTheRow() {
        GeneratedText cancelled = generator.generate(List.of(request(3)), (row, text) -> false).get(0);

        assertThat(cancelled.reason()).isEqualTo(Generated.Reason.CANCELLED);
        assertThat(cancelled.text()).isNotEmpty();
        assertThat(cancelled.tokens().size()).isLessThan(LENGTH);
        assertThat(cancelled.tokens()).allSatisfy(token -> assertThat(token.logProbability()).isNegative());
    }

    private TextRequest request(long seed, String... stops) {
        GenerationSettings settings = new GenerationSettings(
                LENGTH, Set.of(), new Sampling(1, 1, OptionalInt.empty(), 1, 0, seed));
        return new TextRequest(new GenerationRequest(tokenizer.encode("Größe:"), settings), List.of(stops));
    }
}
