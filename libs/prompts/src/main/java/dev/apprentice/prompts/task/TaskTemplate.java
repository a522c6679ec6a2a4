package dev.apprentice.prompts.task;

import dev.apprentice.prompts.jinja.Template;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A task: turns rows with certain fields into examples.
 *
 * <pre>
 * name: sentiment                                       a file sentiment.yaml
 * description: Tells whether a text is friendly.
 * fields: [text, label]                                 fields that a row must have
 * answer_choices: [negative, positive]                  the closed set of answers; optional
 * instruction:                                          one wording, or several to choose from
 *   - What is the sentiment of this text?
 *   - Is the writer of this text pleased?
 * input: "{{ text }}"                                   optional
 * output: "{{ answer_choices[label] }}"
 * example: {text: What a lovely day., label: 1}         a row for trying the template; optional
 * </pre>
 */
public final class TaskTemplate {

    private final TaskFile file;
    private final List<Template> instructions;
    private final Template input;
    private final Template output;

    TaskTemplate(TaskFile file) {
        this.file = file;
        this.instructions = file.instruction().stream().map(Template::parse).toList();
        this.input = Template.parse(file.input());
        this.output = Template.parse(file.output());
    }

    public String name() {
        return file.name();
    }

    /** Returns what the task teaches, in one sentence. */
    public String description() {
        return file.description();
    }

    /** Returns the closed set of answers; empty if answers are free. */
    public List<String> answerChoices() {
        return file.answerChoices();
    }

    /** Returns the fields that a row must have. */
    public List<String> fields() {
        return file.fields();
    }

    /** Returns a row for trying the template; empty if its file has none. */
    public Map<String, Object> sample() {
        return file.example();
    }

    /** Returns the number of wordings of the instruction. */
    public int wordings() {
        return instructions.size();
    }

    /** Returns the fields that are missing or blank in a row. */
    public List<String> missing(Map<String, ?> row) {
        return file.fields().stream()
                .filter(field -> row.get(field) == null || row.get(field) instanceof String text && text.isBlank())
                .toList();
    }

    /** An instruction with its input and its answer. */
    public record TaskExample(String instruction, String input, String output) {}

    /**
     * Returns the example for a row.
     *
     * @param row its fields: strings, numbers, booleans, lists and maps
     * @param seed the run's seed, which chooses the wording together with the row's position
     * @param place the row's position, from 0
     * @throws IllegalArgumentException if the row lacks a field, or its answer is blank or not one of the choices
     * @throws dev.apprentice.prompts.jinja.value.TemplateException if a template cannot be rendered
     */
    public TaskExample example(Map<String, ?> row, long seed, long place) {
        return example(row, new SplittableRandom(seed * 1_000_003 + place).nextInt(instructions.size()));
    }

    /** Returns the example for a row in one wording, from 0. */
    public TaskExample example(Map<String, ?> row, int wording) {
        List<String> missing = missing(row);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("lacks " + named(missing) + ", which template " + name() + " needs");
        }
        Map<String, Object> values = new LinkedHashMap<>(row);
        values.put("answer_choices", new ArrayList<>(file.answerChoices()));
        String answer = render(output, values);
        if (!file.answerChoices().isEmpty() && !file.answerChoices().contains(answer)) {
            throw new IllegalArgumentException("has the answer '" + answer + "', which is not one of template " + name()
                    + "'s answer_choices: " + String.join(", ", file.answerChoices()));
        }
        if (answer.isBlank()) {
            throw new IllegalArgumentException("has no answer in template " + name());
        }
        return new TaskExample(render(instructions.get(wording), values), render(input, values), answer);
    }

    private static String named(List<String> fields) {
        return "the field" + (fields.size() == 1 ? " '" : "s '") + String.join("', '", fields) + "'";
    }

    private static String render(Template template, Map<String, Object> values) {
        return template.render(values, LocalDateTime.MIN).text().strip();
    }
}
