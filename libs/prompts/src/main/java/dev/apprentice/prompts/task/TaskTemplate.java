package dev.apprentice.prompts.task;

import dev.apprentice.prompts.jinja.Template;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A task: rows with certain fields become examples.
 *
 * <pre>
 * name: sentiment                                       a file sentiment.yaml
 * description: Tells whether a text is friendly.
 * fields: [text, label]                                 what a row must have
 * answer_choices: [negative, positive]                  the closed set of answers; left out where there is none
 * instruction:                                          one wording, or several to choose from
 *   - What is the sentiment of this text?
 *   - Is the writer of this text pleased?
 * input: "{{ text }}"                                   may be left out
 * output: "{{ answer_choices[label] }}"
 * example: {text: What a lovely day., label: 1}         a row to try it with; may be left out
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

    /** What it teaches, in a sentence. */
    public String description() {
        return file.description();
    }

    /** The closed set of answers; empty where answers are free. */
    public List<String> answerChoices() {
        return file.answerChoices();
    }

    /** What a row must have. */
    public List<String> fields() {
        return file.fields();
    }

    /** A row that shows what the template takes; empty where its file has none. */
    public Map<String, Object> sample() {
        return file.example();
    }

    /** How many ways there are to say the instruction. */
    public int wordings() {
        return instructions.size();
    }

    /** Fields that a row lacks, or has nothing in. */
    public List<String> missing(Map<String, ?> row) {
        return file.fields().stream()
                .filter(field -> row.get(field) == null || row.get(field) instanceof String text && text.isBlank())
                .toList();
    }

    /** An instruction, what it is about, and its answer. */
    public record TaskExample(String instruction, String input, String output) {}

    /**
     * The example that a row makes.
     *
     * @param row its fields: strings, numbers, booleans, lists and maps
     * @param seed of the run, which chooses the wording together with the row's place
     * @param place of the row, from 0
     * @throws IllegalArgumentException if the row lacks a field, or its answer is none of the choices
     * @throws dev.apprentice.prompts.jinja.value.TemplateException if a template cannot be rendered
     */
    public TaskExample example(Map<String, ?> row, long seed, long place) {
        return example(row, new SplittableRandom(seed * 1_000_003 + place).nextInt(instructions.size()));
    }

    /** The example in one wording, from 0. */
    public TaskExample example(Map<String, ?> row, int wording) {
        List<String> missing = missing(row);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("lacks " + named(missing) + ", which template " + name() + " needs");
        }
        Map<String, Object> values = new LinkedHashMap<>(row);
        values.put("answer_choices", new ArrayList<>(file.answerChoices()));
        String answer = render(output, values);
        if (!file.answerChoices().isEmpty() && !file.answerChoices().contains(answer)) {
            throw new IllegalArgumentException("has the answer '" + answer + "', which is none of template " + name()
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
