package dev.apprentice.judge.judges.rubric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.chat.answer.AnswerFormat;
import dev.apprentice.chat.answer.Reading;
import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Response.FinishReason;
import dev.apprentice.contracts.event.ResponseBuilder;
import dev.apprentice.contracts.run.Scale;
import dev.apprentice.judge.JudgeSettings;
import dev.apprentice.judge.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RubricsTest {

    @TempDir
    Path folder;

    @Test
    void theTextbooksQuestionIsAskedToTheLetter() {
        Rubric textbook = own().of("textbook");

        assertThat(textbook.scale()).isEqualTo(new Scale(0, 100));
        assertThat(textbook.question(simile("The car is as fast as a bullet."))).isEqualTo("""
                Given the input `Below is an instruction that describes a task. Write a response that appropriately \
                completes the request.

                ### Instruction:
                Rewrite the sentence using a simile.

                ### Input:
                The car is very fast.` and correct output `The car is as fast as lightning.`, score the model response \
                `The car is as fast as a bullet.` on a scale from 0 to 100, where 100 is the best score. \
                Respond with the integer number only.""");
    }

    @Test
    void whatAModelWroteIsNeverTakenForATemplate() {
        String hostile = "{{ 7 * 7 }}{% if true %}<b>&amp;{# gone? #}{% endif %}{{ reference }}";

        assertThat(own().of("textbook").question(simile(hostile))).contains("score the model response `" + hostile + "`");
        assertThat(own().of("five-point").question(simile(hostile))).contains("<answer>\n" + hostile + "\n</answer>");
    }

    @Test
    void theReasonIsAskedForBeforeTheScore() {
        for (String name : new String[] {"five-point", "correctness", "preference"}) {
            AnswerFormat format = own().of(name).format();
            assertThat(format.schema().orElseThrow().rootElement().toString()).as(name)
                    .containsSubsequence("properties = {reason=", "required = [reason, ");
        }
    }

    @Test
    void twoAnswersAreShownInTheOrderGiven() {
        assertThat(own().of("preference").question(simile("one"), simile("two")))
                .contains("<answer_a>\none\n</answer_a>\n<answer_b>\ntwo\n</answer_b>");
    }

    @Test
    void aRubricOfTheUsersOwnWinsAndAnyChangeOfItIsAnotherVersion() throws IOException {
        Files.writeString(folder.resolve("textbook.jinja"), "answer: integer\nfrom: 1\nto: 10\n---\nRate {{ response }}");
        Rubric before = withFolder().of("textbook");
        Files.writeString(folder.resolve("textbook.jinja"), "answer: integer\nfrom: 1\nto: 10\n---\nRate: {{ response }}");
        Rubric after = withFolder().of("textbook");

        assertThat(before.question(simile("x"))).isEqualTo("Rate x");
        assertThat(before.version()).hasSize(12).isNotEqualTo(after.version());
        assertThat(withFolder().names()).containsExactly("correctness", "five-point", "preference", "textbook");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "answer: integer;from: 0;to: 9            | line 3: the line --- between head and question is missing",
        "answer: prose;---;x                      | line 1: 'answer' is 'prose'; it must be one of integer, reason-and-score",
        "answer: integer;from: 0;to: x;---;q      | line 3: 'to' is 'x'; it must be an integer",
        "answer: integer;from: y;to: x;---;q      | line 2: 'from' is 'y'; it must be an integer",
        "answer: integer;to: 9;---;q              | line 3: 'from' is ''; it must be an integer",
        "answer: integer;from: 9;to: 0;---;q      | line 3: field 'scale' is from 9.0 to 0.0",
        "colour: red;---;q                        | line 1: 'colour' is not one of answer, from, to",
        "answer: reason-and-yes-or-no;---;        | line 3: the question is empty",
        "answer: reason-and-yes-or-no;---;{{ x }} | line 3: the question is not a valid Jinja template",
        "answer: reason-and-yes-or-no;---;{{ 1 + }} | line 3: the question is not a valid Jinja template",
    })
    void aFileThatIsNoRubricIsRefusedWithPlaceAndReason(String lines, String message) throws IOException {
        Path file = folder.resolve("mine.jinja");
        Files.writeString(file, lines.replace(";", "\n"));

        assertThatThrownBy(this::withFolder)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("rubric " + file + ", " + message);
    }

    @Test
    void anUnknownRubricAndAFolderThatIsNoneAreNamed() {
        assertThatThrownBy(() -> own().of("kind")).hasMessage("there is no rubric 'kind'; the rubrics are correctness, five-point,"
                + " preference, textbook. Set apprentice.judge.rubrics to a folder with more");
        assertThatThrownBy(() -> rubrics(Map.of("apprentice.judge.rubrics", "/no/such/folder")))
                .hasMessage("apprentice.judge.rubrics is /no/such/folder, which cannot be read;"
                        + " it must be a folder of *.jinja files");
    }

    @ParameterizedTest
    @CsvSource({
        "0,0", "7,7", "85,85", "100,100", "85.,85", "' 85 ',85", "'85\n',85", "'85.\n',85", "85.0,85", "85.00,85",
        "85/100,85", "85 / 100,85", "85.0/100.,85", "**85**,85", "**85.**,85", "**85/100**,85", "`85`,85", "__85__,85",
        "'<think>90? No.</think>85',85", "'\n<think>\nIt may be 90.\n</think>\n\n85\n',85", "'<think></think> **85**',85"
    })
    void anIntegerThatStandsAloneIsRead(String answer, double score) {
        assertThat(AnswerFormat.INTEGER.read(answer, Scale.TEXTBOOK)).contains(new Reading(score, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", ".", "101", "1000", "-5", "+5", "85.5", "85..", "85 .", "085", "00", "85/10", "4/5", "85/100/100", "110/100",
        "85%", "Score: 85", "**85", "85**", "**85** **90**", "I would give it 85.", "85\n90", "٨٥", "eighty-five", "NaN",
        "99999999999999999999", "<think>85", "<think>90</think>", "<think>90</think>85</think>80", "85<think>90</think>",
        "8 5", "85,0", "85e0", "0x55", "{\"score\": 85}"
    })
    void noOtherIntegerIsRead(String answer) {
        assertThat(AnswerFormat.INTEGER.read(answer, Scale.TEXTBOOK)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"reason\": \" Fine. \", \"score\": 4}", "```json\n{\"reason\": \"Fine.\", \"score\": 4}\n```",
        "<think>\nA 3? {\"score\": 3}\n</think>\n\n{\"reason\": \"Fine.\", \"score\": 4}",
        "Sure! Here is my verdict:\n{\"reason\": \"Fine.\", \"score\": 4}",
        "Here it is:\n```json\n{\"reason\": \"Fine.\", \"score\": 4}\n```\nI hope this helps!",
        "{\"reason\": \"Fine.\", \"score\": \"4\"}", "{\"reason\": \"Fine.\", \"score\": 4.0}",
        "{\"reason\": \"Fine.\", \"score\": \"4/5\"}", "{\"reason\": \"Fine.\", \"score\": \"**4**\"}",
    })
    void aScoreWithItsReasonIsReadInEveryFormThatLeavesNoDoubt(String answer) {
        assertThat(AnswerFormat.REASON_AND_SCORE.read(answer, new Scale(1, 5))).contains(new Reading(4, Optional.of("Fine.")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"score\": 4}", "{\"reason\": \"\", \"score\": \"4\"}"})
    void aScoreWithoutItsReasonIsAScore(String answer) {
        assertThat(AnswerFormat.REASON_AND_SCORE.read(answer, new Scale(1, 5))).contains(new Reading(4, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"reason\": \"x\", \"score\": 6}", "{\"reason\": \"x\", \"score\": 4.5}", "{\"reason\": \"x\", \"score\": \"four\"}",
        "{\"reason\": \"x\", \"score\": \"4/10\"}", "{\"reason\": \"x\", \"score\": true}", "{\"reason\": \"x\", \"score\": [4]}",
        "{\"reason\": \"x\", \"score\": 4, \"score\": 2}", "{\"score\": 4, \"reason\": \"x\", \"score\": 4}",
        "{\"reason\": \"x\", \"score\": 4} {\"reason\": \"x\", \"score\": 2}",
        "{\"reason\": \"x\", \"score\": 4} Actually, make it 3.", "{\"reason\": \"x\", \"score\": 4} No, it should be lower.",
        "My score is five: {\"reason\": \"x\", \"score\": 4}", "On a scale from 1 to 10: {\"reason\": \"x\", \"score\": 4}",
        "<think>{\"reason\": \"x\", \"score\": 4}", "{\"reason\": \"x\", \"grade\": 4}",
        "{\"reason\": \"x\", \"score\": 4", "[]", "[{\"score\": 4}, 3]", "4", "", "{", "}{", "null"
    })
    void noOtherScoreIsRead(String answer) {
        assertThat(AnswerFormat.REASON_AND_SCORE.read(answer, new Scale(1, 5))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "REASON_AND_YES_OR_NO, correct, yes, 1", "REASON_AND_YES_OR_NO, correct, no, 0",
        "REASON_AND_PREFERENCE, better, A, 1", "REASON_AND_PREFERENCE, better, B, 0",
        "REASON_AND_PREFERENCE, better, tie, 0.5", "REASON_AND_YES_OR_NO, correct, Yes, 1", "REASON_AND_PREFERENCE, better, TIE, 0.5",
    })
    void choicesAreReadAsNumbers(AnswerFormat format, String field, String word, double score) {
        assertThat(format.read("{\"reason\": \"r\", \"" + field + "\": \"" + word + "\"}", new Scale(0, 1)))
                .contains(new Reading(score, Optional.of("r")));
        assertThat(format.read("{\"reason\": \"r\", \"" + field + "\": \"perhaps\"}", new Scale(0, 1))).isEmpty();
    }

    private static Response simile(String response) {
        return ResponseBuilder.builder()
                .run("run")
                .step(1)
                .example("e")
                .index(0)
                .of(1)
                .instruction("Rewrite the sentence using a simile.")
                .input("The car is very fast.")
                .output("The car is as fast as lightning.")
                .response(response)
                .finishReason(FinishReason.STOP)
                .promptTokens(1)
                .generatedTokens(1)
                .seconds(0)
                .build();
    }

    private static Rubrics own() {
        return rubrics(Map.of());
    }

    private Rubrics withFolder() {
        return rubrics(Map.of("apprentice.judge.rubrics", folder.toString()));
    }

    private static Rubrics rubrics(Map<String, String> settings) {
        return new Rubrics(Settings.of(JudgeSettings.class, settings));
    }
}
