package dev.apprentice.dataset.datasets.layout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.event.Turn;
import dev.apprentice.dataset.datasets.example.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Collects the turns of a conversation and makes an example from them: the assistant's last turn is the output, and all turns
 * before it are the question.
 */
final class ConversationReader {

    private static final Set<String> USER = Set.of("user", "human", "customer", "prompter");
    private static final Set<String> ASSISTANT = Set.of("assistant", "gpt", "model", "chatgpt", "bot", "bing", "bard", "agent");
    private static final Set<String> TOOL = Set.of("tool", "function", "observation", "ipython");
    private static final Set<String> CALL = Set.of("function_call", "tool_call");
    private static final Set<String> SYSTEM = Set.of("system", "developer");

    /** The fields of a turn that are learned, or that only link a result to its call. */
    private static final Set<String> READ =
            Set.of("role", "from", "content", "value", "tool_calls", "function_call", "weight", "tool_call_id", "id");

    private final EntryFields fields;
    private final String field;
    private final List<String> system = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();

    /** @param field that holds the turns */
    ConversationReader(EntryFields fields, String field) {
        this.fields = fields;
        this.field = field;
    }

    /** Reads a list of {@code {role, content}} or {@code {from, value}}. */
    ConversationReader readAll(JsonNode list) {
        if (!list.isArray()) {
            fields.fault(field, "is " + EntryFields.kind(list) + "; expected a list of turns");
            return this;
        }
        for (int i = 0; i < list.size(); i++) {
            read(list.get(i), field + "[" + i + "]");
        }
        return this;
    }

    /** Reads one turn. */
    ConversationReader read(JsonNode turn, String place) {
        JsonNode role = turn.has("role") ? turn.path("role") : turn.path("from");
        if (!turn.isObject() || !role.isTextual()) {
            fields.fault(place, "is no turn; expected an object with 'role' and 'content', or 'from' and 'value'");
            return this;
        }
        StringBuilder content = new StringBuilder(content(turn.has("content") ? turn.path("content") : turn.path("value"), place));
        for (JsonNode call : calls(turn, place)) {
            content.append(content.isEmpty() ? "" : "\n").append(ToolCall.of(call, fields, place));
        }
        turn.fields().forEachRemaining(part -> {
            if (!READ.contains(part.getKey()) && EntryFields.saysSomething(part.getValue())) {
                fields.unused(field + ": " + part.getKey());
            }
        });
        boolean onlyContext = turn.path("weight").isNumber() && turn.path("weight").asInt() == 0;
        say(role.textValue(), content.toString(), onlyContext, place);
        return this;
    }

    /** Returns the calls of a turn, from {@code tool_calls} and from OpenAI's older {@code function_call}. */
    private List<JsonNode> calls(JsonNode turn, String place) {
        List<JsonNode> calls = new ArrayList<>();
        JsonNode several = EntryFields.parsed(turn.path("tool_calls"));
        if (several.isArray()) {
            several.forEach(calls::add);
        } else if (EntryFields.saysSomething(several)) {
            fields.fault(place, "has 'tool_calls' that are " + EntryFields.kind(several) + "; expected a list of calls");
        }
        JsonNode one = EntryFields.parsed(turn.path("function_call"));
        if (EntryFields.saysSomething(one)) {
            calls.add(one);
        }
        return calls;
    }

    /** Returns the text of a turn's content, which is a text or a list of parts. */
    private String content(JsonNode content, String place) {
        if (content.isNull() || content.isMissingNode()) {
            return "";
        }
        if (!content.isArray()) {
            return fields.text(content, place);
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode part : content) {
            if (part.path("text").isTextual()) {
                texts.add(part.path("text").textValue());
            } else {
                String kind = part.path("type").isTextual() ? " ('" + part.path("type").textValue() + "')" : "";
                fields.fault(place, "has a part that is no text" + kind + "; what it shows cannot be learned");
            }
        }
        return String.join("\n", texts);
    }

    /** Adds a turn. Consecutive turns of the user, or of the assistant, are merged. */
    void say(String role, String content, boolean onlyContext, String place) {
        String side = role.strip().toLowerCase(Locale.ROOT);
        if (SYSTEM.contains(side)) {
            system.add(content);
        } else if (CALL.contains(side)) {
            add(new Turn(Turn.ASSISTANT, "<tool_call>\n" + content + "\n</tool_call>", onlyContext));
        } else if (USER.contains(side)) {
            add(new Turn(Turn.USER, content));
        } else if (ASSISTANT.contains(side)) {
            add(new Turn(Turn.ASSISTANT, content, onlyContext));
        } else if (TOOL.contains(side)) {
            turns.add(new Turn(Turn.TOOL, content));
        } else {
            fields.fault(place, "has an unknown role; expected system, user (human), assistant (gpt) or tool");
        }
    }

    private void add(Turn turn) {
        Turn before = turns.isEmpty() ? null : turns.get(turns.size() - 1);
        if (before != null && before.role().equals(turn.role()) && before.onlyContext().equals(turn.onlyContext())) {
            turns.set(turns.size() - 1, new Turn(turn.role(), before.content() + "\n\n" + turn.content(), turn.onlyContext()));
        } else {
            turns.add(turn);
        }
    }

    /** Returns the assistant's last turn; empty if there is none. */
    String lastAnswer() {
        int last = last();
        return last < 0 ? "" : turns.get(last).content();
    }

    private int last() {
        int last = turns.size() - 1;
        while (last >= 0 && !turns.get(last).role().equals(Turn.ASSISTANT)) {
            last--;
        }
        return last;
    }

    /**
     * Returns the example, without an id.
     *
     * @param moreSystem a system message that the entry has beside the turns
     * @param lastOnly whether earlier answers are only context, and not learned
     */
    Example example(String moreSystem, boolean lastOnly, String rejected) {
        int last = last();
        if (last < 0 || turns.get(last).content().isBlank()) {
            fields.fault(field, "has no answer of an assistant to learn");
            return new Example("", "", "", "");
        }
        if (!turns.get(last).isLearned()) {
            fields.fault(field, "has weight 0 at its last answer, so there is nothing to learn");
        }
        if (last < turns.size() - 1) {
            fields.unused(field + ": turns after the last answer");
        }
        List<Turn> before = turns.subList(0, last);
        Optional<Turn> asked = lastOf(before, Turn.USER).or(() -> lastOf(before, Turn.TOOL));
        if (asked.isEmpty() || asked.get().content().isBlank()) {
            fields.fault(field, "has no question before its last answer");
            return new Example("", "", "", "");
        }
        List<String> said = new ArrayList<>(moreSystem.isBlank() ? List.of() : List.of(moreSystem));
        said.addAll(system);
        List<Turn> read = before.size() == 1 ? List.of() : lastOnly ? before.stream().map(Turn::asContext).toList() : before;
        return new Example("", asked.get().content(), "", turns.get(last).content(), String.join("\n", said), read, rejected, false);
    }

    private static Optional<Turn> lastOf(List<Turn> turns, String role) {
        return turns.stream().filter(turn -> turn.role().equals(role)).reduce((first, second) -> second);
    }
}
