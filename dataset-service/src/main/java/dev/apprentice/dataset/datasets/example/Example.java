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
 * One example to learn from, as this service keeps it.
 *
 * @param id its name within the dataset
 * @param instruction what is asked, never blank; of a text, what it begins with
 * @param input what it is asked about; empty where the instruction says it all
 * @param output the answer to learn, never blank; of a text, its rest
 * @param system what the system says before all turns; empty for nothing
 * @param turns of a conversation, all that was said before the output, the question included; empty where instruction and
 *     input are all
 * @param rejected an answer that people liked less than the output; kept, and not learned
 * @param text whether instruction and output are one text, cut in two, all of which is learned
 * @param category the kind of example it is, by which reports tell figures apart; nothing is learned of it
 * @param tools descriptions of the tools that the assistant may call, as chat templates know them; mostly none
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

    /** One that is a text, or not. */
    public Example(String id, String instruction, String input, String output, String system, List<Turn> turns, String rejected,
            boolean text) {
        this(id, instruction, input, output, system, turns, rejected, Optional.of(text), Optional.empty(), List.of());
    }

    /** Whether instruction and output are one text. */
    @JsonIgnore
    public boolean isText() {
        return text.isPresent();
    }

    /** A single question and its answer. */
    public Example(String id, String instruction, String input, String output) {
        this(id, instruction, input, output, "", List.of(), "", false);
    }

    /** What a record of the instructions topic says. */
    public static Example of(Instruction said) {
        return new Example(said.example(), said.instruction(), said.input(), said.output(), said.system(), said.turns(),
                said.rejected(), said.text(), said.category(), said.tools());
    }

    /** As a record of the instructions topic. */
    public Instruction in(String dataset) {
        return new Instruction(dataset, id, instruction, input, output, system, turns, rejected, text, category, tools);
    }

    /** Under another id. */
    public Example named(String otherId) {
        return ExampleBuilder.builder(this).id(otherId).build();
    }

    /** Of a category; of none where that is empty. */
    public Example of(String itsCategory) {
        return ExampleBuilder.builder(this).category(Optional.of(itsCategory).filter(name -> !name.isEmpty())).build();
    }

    /** With descriptions of tools. */
    public Example withTools(List<Map<String, Object>> described) {
        return ExampleBuilder.builder(this).tools(described).build();
    }

    /** With each of its texts changed. */
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

    /** Under an id made of what it says: one text always gets one id. */
    public Example namedByText() {
        return named(fingerprint().id());
    }

    /** Equal for examples with equal texts; their ids may differ. */
    public Fingerprint fingerprint() {
        return Fingerprint.of(said());
    }

    /** As {@link #fingerprint}, to be compared in memory. */
    public long textHash() {
        return TextHash.of(said());
    }

    /** Equal for examples with equal questions; their answers may differ. */
    public Fingerprint question() {
        return Fingerprint.of(questionTexts());
    }

    /** As {@link #question}, to be compared in memory. */
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

    /** The conversation up to each answer that is learned, as an example of its own; itself where it has one answer. */
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

    /** How many characters it has. */
    public long characters() {
        return 0L + id.length() + instruction.length() + input.length() + output.length() + system.length() + rejected.length()
                + category.map(String::length).orElse(0)
                + (tools.isEmpty() ? 0 : Json.MAPPER.valueToTree(tools).toString().length())
                + turns.stream().mapToLong(turn -> turn.content().length() + Turn.ASSISTANT.length()).sum();
    }
}
