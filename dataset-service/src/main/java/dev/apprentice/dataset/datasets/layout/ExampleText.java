package dev.apprentice.dataset.datasets.layout;

import dev.apprentice.contracts.event.Turn;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.prompts.Conversation;
import dev.apprentice.prompts.PromptStyle;
import java.util.List;

/** Turns examples into conversations, which a prompt style writes as text. */
public final class ExampleText {

    private static final String SYSTEM = "system";

    private ExampleText() {}

    /**
     * Returns everything before the answer: the system message, then either the turns, or instruction and input as one message.
     *
     * @param example not a plain text, which is no conversation
     */
    public static Conversation conversation(PromptStyle style, Example example) {
        Conversation begun = new Conversation(List.of(), example.tools());
        Conversation said = example.system().isEmpty() ? begun : begun.with(SYSTEM, example.system());
        if (example.turns().isEmpty()) {
            return said.with(Turn.USER, style.message(example.instruction(), example.input()));
        }
        for (Turn turn : example.turns()) {
            said = said.with(turn.role(), turn.content());
        }
        return said;
    }
}
