package dev.apprentice.dataset.datasets.layout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.event.Turn;
import dev.apprentice.dataset.datasets.example.Example;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a whole dialogue from one text, as in {@code chosen} and {@code rejected} of Anthropic's hh-rlhf.
 *
 * <pre>
 * \n\nHuman: What is a quail?\n\nAssistant: A bird.\n\nHuman: A large one?\n\nAssistant: No.
 * </pre>
 *
 * @see <a href="https://huggingface.co/datasets/Anthropic/hh-rlhf">hh-rlhf</a>
 */
final class Transcript {

    private static final Pattern WHOLE = Pattern.compile("(?s)\\s*Human:.*\n\nAssistant:.*");
    private static final Pattern TURN = Pattern.compile("(?:\\A\\s*|\n\n)(Human|Assistant):");

    private Transcript() {}

    /** Returns the example of a preference pair whose texts are whole dialogues, without an id. */
    static Example read(EntryFields entry, JsonNode chosen, JsonNode rejected, boolean lastOnly) {
        if (EntryFields.isPlain(chosen) && !is(chosen.asText())) {
            entry.fault("prompt", "is missing, and 'chosen' is no dialogue; give what was asked as 'prompt', or 'chosen' as a list of turns or"
                    + " as a text of the form \"Human: ... Assistant: ...\" with an empty line before each turn but the first");
            return new Example("", "", "", "");
        }
        ConversationReader said = new ConversationReader(entry, "chosen");
        say(entry.text(chosen, "chosen"), said, "chosen");
        ConversationReader worse = new ConversationReader(entry, "rejected");
        if (!rejected.isMissingNode() && !rejected.isNull()) {
            say(entry.text(rejected, "rejected"), worse, "rejected");
        }
        return said.example(entry.optional("system"), lastOnly, worse.lastAnswer()).withTools(entry.tools());
    }

    private static boolean is(String text) {
        return WHOLE.matcher(text).matches();
    }

    /**
     * Adds each turn of a dialogue, or a text that is no dialogue as a user's turn. An empty turn of the assistant is skipped,
     * since a prompt ends where the answer begins.
     */
    static void say(String text, ConversationReader into, String place) {
        if (!is(text)) {
            into.say(Turn.USER, text, false, place);
            return;
        }
        Matcher turn = TURN.matcher(text);
        for (boolean isThere = turn.find(); isThere; ) {
            String role = turn.group(1).equals("Human") ? Turn.USER : Turn.ASSISTANT;
            int from = turn.end();
            isThere = turn.find();
            String said = text.substring(from, isThere ? turn.start() : text.length()).strip();
            if (!said.isEmpty() || role.equals(Turn.USER)) {
                into.say(role, said, false, place);
            }
        }
    }
}
