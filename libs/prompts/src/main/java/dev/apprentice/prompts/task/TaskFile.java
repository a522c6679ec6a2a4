package dev.apprentice.prompts.task;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/** The file of a task template; see {@link TaskTemplate}. */
record TaskFile(
        String name,
        String description,
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> instruction,
        String input,
        String output,
        List<String> fields,
        @JsonProperty("answer_choices") List<String> answerChoices,
        Map<String, Object> example) {

    TaskFile {
        instruction = instruction == null ? List.of() : List.copyOf(instruction);
        description = description == null ? "" : description.strip();
        input = input == null ? "" : input;
        fields = fields == null ? List.of() : List.copyOf(fields);
        answerChoices = answerChoices == null ? List.of() : List.copyOf(answerChoices);
        example = example == null ? Map.of() : example;
        if (name == null || name.isBlank() || instruction.isEmpty() || output == null || output.isBlank()) {
            throw new IllegalArgumentException("a task template needs name, instruction and output");
        }
    }
}
