package dev.apprentice.prompts.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.prompts.task.TaskTemplate.TaskExample;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TaskTemplatesTest {

    private static final Map<String, Object> REVIEW =
            Map.of("product", "Kettle", "review", "Boils fast.", "rating", 4.0, "summary", "A fast kettle.");

    static List<String> names() {
        return TaskTemplates.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyBundledTemplateHasSeveralWordingsAndMakesAnExampleOfItsOwnSample(String name) {
        TaskTemplate template = TaskTemplates.bundled(name);

        assertThat(template.name()).isEqualTo(name);
        assertThat(template.wordings()).isGreaterThanOrEqualTo(3);
        for (int wording = 0; wording < template.wordings(); wording++) {
            TaskExample example = template.example(template.sample(), wording);
            assertThat(example.instruction()).isNotBlank().doesNotContain("{{");
            assertThat(example.output()).isNotBlank();
        }
    }

    @Test
    void aReviewGivesThreeTasks() {
        assertThat(TaskTemplates.bundled("reviews-rating").example(REVIEW, 0)).isEqualTo(new TaskExample(
                "How many stars, from 1 to 5, did this customer give?", "Product: Kettle\nReview: Boils fast.", "4"));
        assertThat(TaskTemplates.bundled("reviews-write").example(REVIEW, 0)).isEqualTo(new TaskExample(
                "Write a customer review of this product that gives it 4.0 of 5 stars.", "Kettle", "Boils fast."));
        assertThat(TaskTemplates.bundled("reviews-summary").example(REVIEW, 0)).isEqualTo(new TaskExample(
                "Summarise this review in one sentence.", "Boils fast.", "A fast kettle."));
    }

    @ParameterizedTest
    @CsvSource({"0, negative", "1, positive"})
    void aNumberedLabelBecomesItsChoice(int label, String answer) {
        assertThat(TaskTemplates.bundled("sentiment").example(Map.of("text", "Well.", "label", label), 0).output())
                .isEqualTo(answer);
    }

    @Test
    void theSeedChoosesAWordingForEachRowAndAlwaysThat() {
        TaskTemplate template = TaskTemplates.bundled("grammar");
        Map<String, String> row = Map.of("text", "He go.", "corrected", "He goes.");
        Set<String> chosen = LongStream.range(0, 60)
                .mapToObj(place -> template.example(row, 7, place).instruction())
                .collect(Collectors.toSet());

        assertThat(chosen).hasSize(template.wordings());
        assertThat(template.example(row, 7, 11)).isEqualTo(template.example(row, 7, 11));
        assertThat(LongStream.range(0, 60).filter(place ->
                !template.example(row, 7, place).equals(template.example(row, 8, place))).count()).isPositive();
    }

    @Test
    void aRowThatDoesNotFitIsRefusedWithWhatItLacks() {
        TaskTemplate template = TaskTemplates.bundled("sentiment");

        assertThatThrownBy(() -> template.example(Map.of("text", " "), 0))
                .hasMessage("lacks the fields 'text', 'label', which template sentiment needs");
        assertThatThrownBy(() -> template.example(Map.of("text", "x", "label", "meh"), 0))
                .hasMessage("has the answer 'meh', which is not one of template sentiment's answer_choices: negative, positive");
    }

    @Test
    void aMistakeInAFileIsSaidWithItsPlace() {
        assertThatThrownBy(() -> TaskTemplates.bundled("sums")).hasMessageStartingWith("task template 'sums' is unknown; choose one of");
        assertThatThrownBy(() -> TaskTemplates.read("mine.yaml", "name: mine\ninstruction: x\noutput: y\nanswers: [z]\n"))
                .hasMessage("task template mine.yaml, line 4: field 'answers' is unknown; the fields of a template are name, description,"
                        + " instruction, input, output, fields, answer_choices, example");
        assertThatThrownBy(() -> TaskTemplates.read("mine.yaml", "name: mine\ninstruction: '{{ x'\noutput: y\n"))
                .hasMessage("task template mine.yaml: line 1: a tag is not closed; it needs '}}'");
        assertThatThrownBy(() -> TaskTemplates.read("mine.yaml", "name: mine\ninstruction: [a\n"))
                .hasMessage("task template mine.yaml, line 2: is not YAML: while parsing a flow sequence; expected ',' or ']', but got <stream end>");
        for (String yaml : List.of("- a\n- b\n", "3", "name: {a: b}\n", "name: mine\nfields: text\n")) {
            assertThatThrownBy(() -> TaskTemplates.read("mine.yaml", yaml))
                    .hasMessageMatching("task template mine.yaml, line \\d: (field '(name|fields)' )?has the wrong type \\(see"
                            + " docs/templates.md\\); the fields of a template are name, description, instruction, input, output, fields, answer_choices, example");
        }
        assertThatThrownBy(() -> TaskTemplates.read("mine.yaml", " \n")).hasMessageContaining("is empty; the fields of a template are name,");
        assertThatThrownBy(() -> TaskTemplates.read("mine.yaml", "name: mine\n"))
                .hasMessage("task template mine.yaml: a task template needs name, instruction and output");
    }
}
