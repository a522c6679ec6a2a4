package dev.apprentice.dataset.batches;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.event.Similar;
import dev.apprentice.contracts.run.Split;
import dev.apprentice.contracts.run.Split.Policy;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.example.ExampleLines;
import dev.apprentice.dataset.table.Scratch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaksTest {

    private static final Split POSITION = new Split(Policy.POSITION, 0.85, 0.10);

    @TempDir
    Path folder;

    @Test
    void whatIsGivenTwiceIsLeftOutBeforeAnythingIsSharedOut() throws IOException {
        Selection once = Selection.of(List.of(file(twice(60))), 0, true, new Scratch(folder));

        List<String> ids = new ArrayList<>();
        once.forEach(example -> ids.add(example.id()));
        assertThat(ids).containsExactlyElementsOf(IntStream.range(0, 60).mapToObj(i -> "first" + i).toList());
        assertThat(once.leftOut()).hasValue(60);
        assertThat(once.questions().size()).isEqualTo(60);
        assertThat(different(once.questions())).isEqualTo(60);
        assertThat(leaks(once, POSITION)).isEqualTo(new Similar(0.8, 9, 0, 0, List.of()));
    }

    @Test
    void whatIsKeptTwiceIsNamedWhereTheSplitGoesByPlaceAlone() throws IOException {
        Selection kept = Selection.of(List.of(file(twice(60))), 0, false, new Scratch(folder));

        assertThat(kept.leftOut()).isEmpty();
        assertThat(kept.questions().size()).isEqualTo(120);
        Similar similar = leaks(kept, POSITION); // 102 train, 12 test, 6 validate
        assertThat(similar.compared()).isEqualTo(18);
        assertThat(similar.test()).isEqualTo(12);
        assertThat(similar.validation()).isEqualTo(6);
        assertThat(similar.pairs()).hasSize(18).startsWith(new Similar.Pair("second42", true, "first42", 1));
        assertThat(leaks(kept, Split.TEXTBOOK)).isEqualTo(new Similar(0.8, 18, 0, 0, List.of()));
    }

    @Test
    void anotherAnswerToAQuestionIsNoDuplicate() throws IOException {
        Example answer = new Example("a", "Name a colour.", "", "Red.");
        Example other = new Example("b", "Name a colour.", "", "Blue.");
        Selection once = Selection.of(List.of(file(List.of(answer, other, answer))), 0, true, new Scratch(folder));

        assertThat(once.leftOut()).hasValue(1);
        QuestionHashes asked = once.questions();
        assertThat(IntStream.range(0, asked.size()).filter(place -> asked.at(place) == answer.questionHash())).hasSize(2);
    }

    @Test
    void whatATestFileAsksIsNotLearnedWhateverTheAnswer() throws IOException {
        Example asked = new Example("a", "Name a colour.", "", "Red.");
        Example otherAnswer = new Example("b", "Name a colour.", "", "Blue.");
        Example otherQuestion = new Example("c", "Name a colour.", "of the sky", "Blue.");
        Path test = file("test.jsonl", List.of(asked, asked));
        Path shared = file("shared.jsonl", List.of(otherAnswer, otherQuestion, asked, otherQuestion.named("d")));

        Selection once = Selection.of(List.of(test, shared), 1, true, new Scratch(folder));
        List<Example> kept = new ArrayList<>();
        once.forEach(kept::add);
        assertThat(kept).containsExactly(asked, otherQuestion);
        assertThat(once.ends()).containsExactly(1, 2);
        assertThat(once.leftOut()).hasValue(3);
        assertThat(once.asked()).isEqualTo(1);

        Selection all = Selection.of(List.of(test, shared), 1, false, new Scratch(folder));
        assertThat(all.questions().size()).isEqualTo(6);
        assertThat(all.asked()).isZero();
    }

    @Test
    void noMoreHeldOutExamplesAreComparedThanFitIntoMemory() throws IOException {
        String large = "la ".repeat(3_000_000);
        List<Example> four = IntStream.range(0, 4).mapToObj(i -> new Example("e" + i, "Sing song " + i + ".", "", large)).toList();
        assertThat(leaks(Selection.of(List.of(file(four)), 0, false, new Scratch(folder)), new Split(Policy.POSITION, 0.25, 0.5)).compared()).isEqualTo(2);
    }

    private Similar leaks(Selection examples, Split split) throws IOException {
        Sharing sharing = Sharing.of(split, new AskedQuestions(examples.questions(), 0, split, new Scratch(folder)));
        Leaks leaks = new Leaks(0.8);
        int[] place = {0};
        examples.forEach(example -> leaks.hold(sharing.of(place[0]++, example), example));
        return leaks.find(examples, sharing).orElseThrow();
    }

    private static long different(QuestionHashes questions) {
        return IntStream.range(0, questions.size()).mapToLong(questions::at).distinct().count();
    }

    private Path file(List<Example> examples) throws IOException {
        return file("examples.jsonl", examples);
    }

    private Path file(String name, List<Example> examples) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (Example example : examples) {
                ExampleLines.write(example, out);
            }
        }
        return file;
    }

    private static List<Example> twice(int examples) {
        return Stream.of("first", "second")
                .flatMap(name -> IntStream.range(0, examples).mapToObj(i -> new Example(
                        name + i, "Spell the number out.", "Number " + Integer.toBinaryString(7_919 * (i + 1)), "It is " + 104_729 * (i + 3) + ".")))
                .toList();
    }
}
