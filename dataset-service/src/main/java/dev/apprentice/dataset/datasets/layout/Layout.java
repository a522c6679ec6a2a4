package dev.apprentice.dataset.datasets.layout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.event.Turn;
import dev.apprentice.dataset.datasets.example.Example;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Layouts of examples, recognised by an entry's fields; the first that fits is used. */
public enum Layout {
    /** OpenAI's and transformers' {@code messages}. */
    MESSAGES("messages") {
        @Override
        public boolean fits(EntryFields entry) {
            return entry.hasList("messages");
        }

        @Override
        public Example read(EntryFields entry, boolean lastOnly) {
            return new ConversationReader(entry, "messages").readAll(entry.takeStructured("messages"))
                    .example(entry.optional("system"), lastOnly, "")
                    .withTools(entry.tools());
        }
    },
    /** ShareGPT's {@code conversations}. */
    SHAREGPT("ShareGPT") {
        @Override
        public boolean fits(EntryFields entry) {
            return entry.hasList("conversations") || entry.hasList("conversation");
        }

        @Override
        public Example read(EntryFields entry, boolean lastOnly) {
            String field = entry.hasList("conversation") ? "conversation" : "conversations";
            return new ConversationReader(entry, field).readAll(entry.takeStructured(field))
                    .example(entry.optional("system"), lastOnly, "")
                    .withTools(entry.tools());
        }
    },
    /** Preference pairs: the better answer is learned, the other one only stored. */
    PREFERENCE("preference pairs") {
        @Override
        public boolean fits(EntryFields entry) {
            return entry.has("chosen");
        }

        @Override
        public Example read(EntryFields entry, boolean lastOnly) {
            JsonNode chosen = entry.takeStructured("chosen");
            JsonNode prompt = entry.has("prompt") ? entry.takeStructured("prompt") : entry.takeStructured("question", "instruction");
            JsonNode rejected = entry.takeStructured("rejected");
            ConversationReader said = new ConversationReader(entry, "chosen");
            if (prompt.isArray()) {
                said.readAll(prompt);
            } else if (!chosen.isArray() && (prompt.isMissingNode() || prompt.isNull())) {
                return Transcript.read(entry, chosen, rejected, lastOnly);
            } else if (!chosen.isArray()) {
                Transcript.say(entry.text(prompt, "prompt"), said, "prompt");
            }
            String worse = rejected.isArray()
                    ? new ConversationReader(entry, "rejected").readAll(rejected).lastAnswer()
                    : rejected.isMissingNode() || rejected.isNull() ? "" : entry.text(rejected, "rejected");
            if (chosen.isArray()) {
                said.readAll(chosen);
            } else {
                said.say(Turn.ASSISTANT, entry.text(chosen, "chosen"), false, "chosen");
            }
            return said.example(entry.optional("system"), lastOnly, worse).withTools(entry.tools());
        }
    },
    /** Databricks' Dolly. */
    DOLLY("Dolly") {
        @Override
        public boolean fits(EntryFields entry) {
            return entry.has("instruction") && entry.has("response") && !entry.has("output");
        }

        @Override
        public Example read(EntryFields entry, boolean lastOnly) {
            return new Example("", entry.required("instruction"), entry.optional("context", "input"), entry.required("response"),
                    entry.optional("system"), List.of(), "", false);
        }
    },
    /** Stanford's Alpaca, with LLaMA-Factory's {@code system} and {@code history}. */
    ALPACA("Alpaca") {
        @Override
        public boolean fits(EntryFields entry) {
            return entry.has("instruction");
        }

        @Override
        public Example read(EntryFields entry, boolean lastOnly) {
            String instruction = entry.required("instruction");
            String input = entry.optional("input");
            String output = entry.required("output");
            String system = entry.optional("system");
            JsonNode history = entry.takeStructured("history");
            if (history.isMissingNode() || history.isNull() || history.isEmpty() && !history.isTextual()) {
                return new Example("", instruction, input, output, system, List.of(), "", false);
            }
            ConversationReader said = new ConversationReader(entry, "history");
            for (JsonNode pair : history) {
                if (!pair.isArray() || pair.size() != 2 || !EntryFields.isPlain(pair.get(0)) || !EntryFields.isPlain(pair.get(1))) {
                    entry.fault("history", "has an entry that is no pair of a question and an answer");
                    return new Example("", instruction, input, output);
                }
                said.say(Turn.USER, entry.text(pair.get(0), "history"), false, "history");
                said.say(Turn.ASSISTANT, entry.text(pair.get(1), "history"), false, "history");
            }
            said.say(Turn.USER, instruction + (input.isEmpty() ? "" : "\n" + input), false, "instruction");
            said.say(Turn.ASSISTANT, output, false, "output");
            Example whole = said.example(system, lastOnly, "");
            return new Example("", instruction, input, output, whole.system(), whole.turns(), "", false);
        }
    },
    /** The format of OpenAI's first fine-tuning files, and of many others. */
    PROMPT_COMPLETION("prompt/completion") {
        @Override
        public boolean fits(EntryFields entry) {
            return entry.has("prompt") && entry.has("completion", "response", "output", "answer");
        }

        @Override
        public Example read(EntryFields entry, boolean lastOnly) {
            if (entry.structured("prompt").isArray()) {
                ConversationReader said = new ConversationReader(entry, "prompt").readAll(entry.takeStructured("prompt"));
                JsonNode completion = entry.takeStructured("completion", "response", "output", "answer");
                if (completion.isArray()) {
                    said.readAll(completion);
                } else {
                    said.say(Turn.ASSISTANT, entry.text(completion, "completion"), false, "completion");
                }
                return said.example(entry.optional("system"), lastOnly, "").withTools(entry.tools());
            }
            return new Example("", entry.required("prompt"), "", entry.required("completion", "response", "output", "answer"),
                    entry.optional("system"), List.of(), "", false);
        }
    },
    /** Questions and their answers, with or without a context: FAQ tables, SQuAD. */
    QUESTION_ANSWER("question/answer") {
        @Override
        public boolean fits(EntryFields entry) {
            return entry.has("question") && entry.has("answer", "answers", "response");
        }

        @Override
        public Example read(EntryFields entry, boolean lastOnly) {
            String question = entry.required("question");
            String context = entry.optional("context");
            JsonNode several = entry.structured("answers");
            JsonNode first = several.isArray() ? several.path(0) : several.path("text").path(0);
            if (!entry.has("answer", "response") && !several.isMissingNode()) {
                entry.takeStructured("answers");
                return new Example("", question, context, first.isMissingNode() ? without(entry, "answers") : entry.text(first, "answers"));
            }
            return new Example("", question, context, entry.required("answer", "response"));
        }
    },
    /** Tasks of Label Studio's JSON export: what annotators chose or wrote about the task's text. */
    LABEL_STUDIO("Label Studio") {
        @Override
        public boolean fits(EntryFields entry) {
            return entry.has("annotations") && entry.has("data");
        }

        @Override
        public Example read(EntryFields entry, boolean lastOnly) {
            return LabelStudio.read(entry);
        }
    },
    /** Traces, observations and dataset items of Langfuse: an input and an output, each a text, messages, or any JSON. */
    LANGFUSE("Langfuse") {
        @Override
        public boolean fits(EntryFields entry) {
            return entry.has("input") && entry.has("output", "expectedOutput", "expected_output");
        }

        @Override
        public Example read(EntryFields entry, boolean lastOnly) {
            return Langfuse.read(entry, lastOnly);
        }
    },
    /** Plain text, all of which is learned. */
    TEXT("text") {
        @Override
        public boolean fits(EntryFields entry) {
            return entry.has("text");
        }

        @Override
        public Example read(EntryFields entry, boolean lastOnly) {
            String text = entry.required("text");
            if (text.isBlank()) {
                return new Example("", "", "", "");
            }
            int cut = middle(text);
            if (cut == 0) {
                entry.fault("text", "is a single character, which leaves nothing to predict");
            }
            return new Example("", text.substring(0, cut), "", text.substring(cut), "", List.of(), "", true);
        }
    };

    private final String shownAs;

    Layout(String shownAs) {
        this.shownAs = shownAs;
    }

    public abstract boolean fits(EntryFields entry);

    /** Returns the example in an entry, without an id; the entry collects what is wrong with it. */
    public abstract Example read(EntryFields entry, boolean lastOnly);

    /** Returns the layout's name for people. */
    public String shownAs() {
        return shownAs;
    }

    public static Optional<Layout> of(EntryFields entry) {
        return Stream.of(values()).filter(layout -> layout.fits(entry)).findFirst();
    }

    /** Reports a missing answer, since SQuAD 2 has questions without one. */
    private static String without(EntryFields entry, String field) {
        entry.fault(field, "holds no answer");
        return "";
    }

    /**
     * Returns a place in the first half of a text, before whitespace if there is any: a model is asked to continue from there. 0
     * if the text is too short to cut.
     */
    private static int middle(String text) {
        int end = text.stripTrailing().length();
        for (int from = end / 2, step = 0; step < from; step++) {
            if (Character.isWhitespace(text.charAt(from - step)) && !text.substring(0, from - step).isBlank()) {
                return from - step;
            }
        }
        int half = Math.max(end / 2, text.length() - text.stripLeading().length() + 1);
        int cut = half < end && Character.isLowSurrogate(text.charAt(half)) ? half + 1 : half;
        return cut < end ? cut : 0;
    }
}
