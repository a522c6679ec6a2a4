package dev.apprentice.dataset.batches;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.run.Split;
import dev.apprentice.contracts.run.Split.Policy;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.table.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskedQuestionsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"ORDERED, 0", "ORDERED, 30", "POSITION, 0", "POSITION, 30", "HASH, 0", "HASH, 30"})
    void countsWhatIsAskedAgainAndWhatIsBothLearnedAndATest(Policy policy, int heldOut) throws IOException {
        Split split = new Split(policy, 0.6, 0.3);
        for (int round = 0; round < 20; round++) {
            List<Example> examples = new Random(round).ints(200, 0, 120)
                    .mapToObj(number -> new Example("e", "Double the number.", String.valueOf(number), "x")).toList();
            try (Scratch scratch = new Scratch(folder)) {
                QuestionHashes questions = new QuestionHashes(scratch);
                for (Example example : examples) {
                    questions.add(example.questionHash());
                }
                AskedQuestions asked = new AskedQuestions(questions, heldOut, split, scratch);
                Sharing sharing = Sharing.of(split, asked);
                List<Share> shares = new ArrayList<>();
                for (int i = 0; i < examples.size(); i++) {
                    shares.add(i < heldOut ? Share.TEST : sharing.of(i - heldOut, examples.get(i)));
                    asked.used(i, shares.get(i));
                }
                Set<String> learned = new HashSet<>();
                Set<String> different = new HashSet<>();
                for (int i = 0; i < examples.size(); i++) {
                    different.add(examples.get(i).input());
                    if (shares.get(i) == Share.TRAIN) {
                        learned.add(examples.get(i).input());
                    }
                }
                int trained = 0;
                for (int i = 0; i < examples.size(); i++) {
                    trained += shares.get(i) == Share.TEST && learned.contains(examples.get(i).input()) ? 1 : 0;
                }
                assertThat(asked.again()).isEqualTo(200 - different.size());
                assertThat(asked.trainedTest()).isEqualTo(trained);
            }
        }
    }
}
