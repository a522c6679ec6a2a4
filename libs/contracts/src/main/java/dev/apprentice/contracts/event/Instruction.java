package dev.apprentice.contracts.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.apprentice.contracts.Require;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One example to learn from. Any producer may write these.
 *
 * @param dataset the dataset it belongs to
 * @param example its id within the dataset; a later record with the same id corrects it
 * @param instruction the instruction
 * @param input the text that the instruction is about; empty if there is none
 * @param output the answer to learn
 * @param system the system prompt; empty if there is none
 * @param turns of a conversation: all turns before the output, the question included; empty for a single instruction
 * @param rejected an answer that people preferred the output to; empty if there is none
 * @param text whether instruction and output are the two parts of one plain text, all of which is learned
 * @param category the category that reports break figures down by; it is not learned
 * @param tools descriptions of the tools that the assistant may call, in the form that chat templates take; mostly none
 */
public record Instruction(
        String dataset,
        String example,
        String instruction,
        String input,
        String output,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String system,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Turn> turns,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String rejected,
        Optional<Boolean> text,
        Optional<String> category,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Map<String, Object>> tools)
        implements Event {

    public Instruction {
        Require.name(dataset, "dataset");
        Require.name(example, "example");
        Require.text(instruction, "instruction");
        input = input == null ? "" : input;
        Require.text(output, "output");
        system = system == null ? "" : system;
        turns = Require.elements(turns, "turns");
        rejected = rejected == null ? "" : rejected;
        text = text == null ? Optional.empty() : text.filter(yes -> yes);
        category = category == null ? Optional.empty() : category;
        tools = Require.elements(tools, "tools");
    }

    /** Creates an instruction without conversation, system prompt or tools. */
    public Instruction(String dataset, String example, String instruction, String input, String output) {
        this(dataset, example, instruction, input, output, "", List.of(), "", Optional.empty(), Optional.empty(), List.of());
    }

    @Override
    public String key() {
        return dataset + "/" + example;
    }
}
