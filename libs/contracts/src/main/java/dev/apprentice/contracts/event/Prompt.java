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
 * @param index its place in the exam, from 0
 * @param of how many questions the exam has
 * @param checkpoint the checkpoint's URI
 * @param digest the checkpoint's digest
 * @param prompt the text to give the model, ending with the answer part's header
 * @param instruction the example's instruction
 * @param input the example's input, may be empty
 * @param output the reference answer
 * @param maxNewTokens tokens the answer may have
 * @param judge the judges that the run asks for
 * @param labels the closed set that answers of the run's classification examples come from; empty where it has none
 * @param category the kind of example it is, by which the report tells figures apart; empty where it has none
 * @param template which words of the text are the template's; empty where all of it is ordinary text
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
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Template> template)
        implements Event {

    /**
     * What a template wrote of a prompt.
     *
     * @param words where its words stand: from (inclusive), to (exclusive), from, to and so on, in UTF-16 units. The names of
     *     special tokens in there are special tokens
     * @param begin whether the begin-of-text is still to be put before the prompt
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
    }

    @Override
    public String key() {
        return ExampleKey.of(run, step, example);
    }
}
