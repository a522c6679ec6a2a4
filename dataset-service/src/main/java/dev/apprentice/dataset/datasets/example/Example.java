package dev.apprentice.dataset.datasets.example;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.apprentice.contracts.Built;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Instruction;
import dev.apprentice.contracts.event.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * One example to learn from, as this service stores it.
 *
 * @param id its name within the dataset
 * @param instruction what is asked, never blank; for a text, its first part
 * @param input what it is asked about; empty if the instruction is complete
 * @param output the answer to learn, never blank; for a text, the rest
 * @param system the system message before all turns; empty for none
 * @param turns for a conversation, all turns before the output, the question included; empty if instruction and input are all
 * @param rejected an answer that people liked less than the output; stored, but not learned
 * @param text whether instruction and output are one text, cut in two, all of which is learned
 * @param category the kind of example, by which reports break figures down; not learned
 * @param tools descriptions of the tools that the assistant may call, in the form that chat templates expect; usually none
 */
@Built
public record Example(
        String id,
        String instruction,
        String input,
        String output,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String system,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Turn> turns,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String rejected,
        Optional<Boolean> text,
        Optional<String> category,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Map<String, Object>> tools) {

    public Example {
        system = system == null ? "" : system;
        turns = turns == null ? List.of() : List.copyOf(turns);
        rejected = rejected == null ? "" : rejected;
        text = text == null ? Optional.empty() : text.filter(yes -> yes);
        category = category == null ? Optional.empty() : category;
        tools = tools == null ? List.of() : List.copyOf(tools);
    }

    /** Creates an example that is a text, or not. */
    public Example(String id, String instruction, String input, String output, String system, List<Turn> turns, String rejected,
            boolean text) {
        this(id, instruction, input, output, system, turns, rejected, Optional.of(text), Optional.empty(), List.of());
    }

    /** Tells whether instruction and output are one text. */
    @JsonIgnore
    public boolean isText() {
        return text.isPresent();
    }

    /** Creates an example with one question and its answer. */
    public Example(String id, String instruction, String input, String output) {
        this(id, instruction, input, output, "", List.of(), "", false);
    }

    /** Returns the turns of a conversation before the instruction; all turns if the last one is not the instruction. */
    public List<Turn> earlierTurns() {
        int last = turns.size() - 1;
        boolean isAsked = last >= 0 && turns.get(last).role().equals(Turn.USER) && turns.get(last).content().equals(instruction);
        return isAsked ? turns.subList(0, last) : turns;
    }

    /** Returns the example in a record of the instructions topic. */
    public static Example of(Instruction said) {
        return new Example(said.example(), said.instruction(), said.input(), said.output(), said.system(), said.turns(),
                said.rejected(), said.text(), said.category(), said.tools());
    }

    /** Returns the example as a record of the instructions topic. */
    public Instruction in(String dataset) {
        return new Instruction(dataset, id, instruction, input, output, system, turns, rejected, text, category, tools);
    }

    /** Returns a copy with another id. */
    public Example named(String otherId) {
        return ExampleBuilder.builder(this).id(otherId).build();
    }

    /** Returns a copy with a category; with none if it is empty. */
    public Example of(String itsCategory) {
        return ExampleBuilder.builder(this).category(Optional.of(itsCategory).filter(name -> !name.isEmpty())).build();
    }

    /** Returns a copy with descriptions of tools. */
    public Example withTools(List<Map<String, Object>> described) {
        return ExampleBuilder.builder(this).tools(described).build();
    }

    /** Returns a copy with each of its texts changed. */
    public Example withTexts(UnaryOperator<String> change) {
        return ExampleBuilder.builder(this)
                .instruction(change.apply(instruction))
                .input(change.apply(input))
                .output(change.apply(output))
                .system(change.apply(system))
                .turns(turns.stream().map(turn -> new Turn(turn.role(), change.apply(turn.content()), turn.onlyContext())).toList())
                .rejected(change.apply(rejected))
                .build();
    }

    /** Returns a copy with an id derived from its texts, so equal texts get equal ids. */
    public Example namedByText() {
        return named(fingerprint().id());
    }

    /** Returns a hash of its texts, which does not depend on the id. */
    public Fingerprint fingerprint() {
        return Fingerprint.of(said());
    }

    /** Like {@link #fingerprint}, for comparisons in memory only. */
    public long textHash() {
        return TextHash.of(said());
    }

    /** Returns a hash of its question, which does not depend on the answer. */
    public Fingerprint question() {
        return Fingerprint.of(questionTexts());
    }

    /** Like {@link #question}, for comparisons in memory only. */
    public long questionHash() {
        return TextHash.of(questionTexts());
    }

    private String[] said() {
        return isPlain()
                ? new String[] {instruction, input, output}
                : Stream.concat(Stream.of(asked()), Stream.of(output, rejected)).toArray(String[]::new);
    }

    private String[] questionTexts() {
        return isPlain() ? new String[] {instruction, input} : asked();
    }

    /** Returns, for each answer that is learned, the conversation up to it as an example; just this example if it has one answer. */
    public List<Example> answers() {
        List<Example> answers = new ArrayList<>();
        for (int i = 1; i < turns.size(); i++) {
            if (turns.get(i).isLearned() && !turns.get(i).content().isBlank()) {
                answers.add(ExampleBuilder.builder(this)
                        .output(turns.get(i).content())
                        .turns(turns.subList(0, i))
                        .rejected("")
                        .build());
            }
        }
        answers.add(this);
        return answers;
    }

    private boolean isPlain() {
        return system.isEmpty() && turns.isEmpty() && rejected.isEmpty() && text.isEmpty() && tools.isEmpty();
    }

    private String[] asked() {
        List<String> asked = new ArrayList<>(List.of(instruction, input, system, isText() ? output : ""));
        turns.forEach(turn -> asked.addAll(List.of(turn.role(), turn.content())));
        if (!tools.isEmpty()) {
            asked.add(Json.MAPPER.valueToTree(tools).toString());
        }
        return asked.toArray(String[]::new);
    }

    /** Returns the number of characters of all its parts. */
    public long characters() {
        return 0L + id.length() + instruction.length() + input.length() + output.length() + system.length() + rejected.length()
                + category.map(String::length).orElse(0)
                + (tools.isEmpty() ? 0 : Json.MAPPER.valueToTree(tools).toString().length())
                + turns.stream().mapToLong(turn -> turn.content().length() + Turn.ASSISTANT.length()).sum();
    }
}
