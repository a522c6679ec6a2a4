package dev.apprentice.contracts.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.apprentice.contracts.Built;
import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.Require;
import java.util.List;
import java.util.Optional;

/**
 * One question of the exam for one checkpoint.
 *
 * @param run the run
 * @param step the checkpoint's step
 * @param example the example's id
 * @param index its position in the exam, from 0
 * @param of how many questions the exam has
 * @param checkpoint the checkpoint's URI
 * @param digest the checkpoint's digest
 * @param prompt the text given to the model, up to where the answer begins
 * @param instruction the example's instruction
 * @param input the example's input, may be empty
 * @param output the reference answer
 * @param maxNewTokens tokens the answer may have
 * @param judge the judges that the run asks for
 * @param labels the closed set that answers of the run's classification examples come from; empty where it has none
 * @param category the category that the report breaks figures down by; empty if it has none
 * @param template which parts of the text come from the template; empty if all of it is ordinary text
 * @param system the example's system turn; empty if it has none
 * @param turns the turns of a conversation before the instruction
 */
@Built
public record Prompt(
        String run,
        int step,
        String example,
        int index,
        int of,
        String checkpoint,
        String digest,
        String prompt,
        String instruction,
        String input,
        String output,
        int maxNewTokens,
        Optional<String> judge,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> labels,
        Optional<String> category,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Template> template,
        Optional<String> system,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Turn> turns)
        implements Event {

    /**
     * The parts of a prompt that its template wrote.
     *
     * @param words ranges of the template's text: from (inclusive), to (exclusive), from, to and so on, in UTF-16 units. Names of
     *     special tokens within them are read as special tokens
     * @param begin whether the begin-of-text token must be put before the prompt
     * @param end the special token that ends an answer; empty for the model's own end-of-text
     */
    public record Template(List<Integer> words, boolean begin, Optional<String> end) {

        public Template {
            words = Require.elements(words, "template.words");
            if (words.size() % 2 != 0) {
                throw new InvalidEventException("field 'template.words' has " + words.size() + " entries; they are pairs");
            }
        }
    }

    public Prompt {
        Require.name(run, "run");
        Require.atLeast(0, step, "step");
        Require.name(example, "example");
        Require.atLeast(0, index, "index");
        Require.atLeast(index + 1, of, "of");
        Require.text(checkpoint, "checkpoint");
        Require.text(digest, "digest");
        Require.text(prompt, "prompt");
        Require.text(instruction, "instruction");
        input = input == null ? "" : input;
        Require.present(output, "output");
        Require.atLeast(1, maxNewTokens, "maxNewTokens");
        labels = Require.elements(labels, "labels");
        turns = Require.elements(turns, "turns");
    }

    @Override
    public String key() {
        return ExampleKey.of(run, step, example);
    }
}
