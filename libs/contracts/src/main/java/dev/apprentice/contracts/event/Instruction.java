package dev.apprentice.contracts.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.apprentice.contracts.Require;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One example to learn from. Anyone may write these.
 *
 * @param dataset the dataset it belongs to
 * @param example its id within the dataset; a later record with the same id corrects it
 * @param instruction what is asked
 * @param input what it is asked about; empty where the instruction says it all
 * @param output the answer to learn
 * @param system what the system says before all turns; empty for nothing
 * @param turns of a conversation: all that was said before the output, the question included; empty where instruction and
 *     input are all
 * @param rejected an answer that people liked less than the output; empty where there is none
 * @param text whether instruction and output are one text, cut in two, all of which is learned
 * @param category the kind of example it is, by which reports tell figures apart; nothing is learned of it
 * @param tools descriptions of the tools that the assistant may call, as chat templates know them; mostly none
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

    /** A single question. */
    public Instruction(String dataset, String example, String instruction, String input, String output) {
        this(dataset, example, instruction, input, output, "", List.of(), "", Optional.empty(), Optional.empty(), List.of());
    }

    @Override
    public String key() {
        return dataset + "/" + example;
    }
}
