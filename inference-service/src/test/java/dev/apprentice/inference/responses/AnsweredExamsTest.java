package dev.apprentice.inference.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Response.FinishReason;
import dev.apprentice.contracts.event.ResponseBuilder;
import dev.apprentice.inference.TestSettings;
import org.junit.jupiter.api.Test;

class AnsweredExamsTest {

    private final AnsweredExams exams = new AnsweredExams(TestSettings.of("apprentice.inference.responses-kept", "3"));

    @Test
    void listsAnswersInTheOrderOfTheExam() {
        exams.add(response("run", 5, 1, "second"));
        exams.add(response("run", 5, 0, "first"));

        AnsweredEntries answered = exams.at("run", 5).orElseThrow();

        assertThat(answered.entries()).extracting(TextbookEntry::modelResponse).containsExactly("first", "second");
        assertThat(answered.of()).isEqualTo(2);
    }

    @Test
    void countsAnExampleOnceAndKeepsItsLatestAnswer() {
        exams.add(response("run", 5, 0, "earlier"));
        exams.add(response("run", 5, 0, "later"));

        assertThat(exams.at("run", 5).orElseThrow().entries())
                .extracting(TextbookEntry::modelResponse)
                .containsExactly("later");
    }

    @Test
    void letsTheExamGoThatWasAddedToTheLongestTimeAgo() {
        exams.add(response("run", 0, 0, "a"));
        exams.add(response("run", 5, 0, "b"));
        exams.add(response("run", 0, 1, "c"));
        exams.add(response("run", 10, 0, "d"));

        assertThat(exams.stepsOf("run")).containsExactly(0, 10);
        assertThat(exams.at("run", 5)).isEmpty();
        assertThat(exams.at("run", 0).orElseThrow().entries()).hasSize(2);
    }

    @Test
    void keepsOneExamWhateverItsSize() {
        for (int index = 0; index < 5; index++) {
            exams.add(response("run", 0, index, "answer"));
        }

        assertThat(exams.at("run", 0).orElseThrow().entries()).hasSize(5);
    }

    @Test
    void knowsNoStepsOfARunWithoutAnswers() {
        exams.add(response("run", 0, 0, "answer"));

        assertThat(exams.stepsOf("another")).isEmpty();
    }

    private static Response response(String run, int step, int index, String text) {
        return ResponseBuilder.builder()
                .run(run)
                .step(step)
                .example("example-" + index)
                .index(index)
                .of(Math.max(2, index + 1))
                .instruction("instruction")
                .input("input")
                .output("output")
                .response(text)
                .finishReason(FinishReason.STOP)
                .promptTokens(3)
                .generatedTokens(2)
                .seconds(0.1)
                .build();
    }
}
