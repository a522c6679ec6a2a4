package dev.apprentice.prompts;

import dev.apprentice.prompts.jinja.value.Rendered;
import dev.apprentice.prompts.jinja.value.TemplateException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A prompt style for one model, with the texts of that model's special tokens. */
public final class PromptFormat {

    private static final String PROBE = "x";

    private final PromptStyle style;
    private final Map<String, String> tokens;
    private final List<String> names;
    private final LocalDateTime now;
    private final Optional<String> end;

    /**
     * @param tokens the texts of special tokens by their names in templates, such as {@code eos_token}
     * @param names the texts of all special tokens that the tokenizer has
     * @param now the time that the template may write; one time for all of a run, so that equal examples give equal rows
     * @throws TemplateException if the template cannot render one question and its answer
     */
    public PromptFormat(PromptStyle style, Map<String, String> tokens, Collection<String> names, LocalDateTime now) {
        this.style = style;
        this.tokens = Map.copyOf(tokens);
        this.names = names.stream().sorted(Comparator.comparing(String::length).reversed()).toList();
        this.now = now;
        this.end = row(Conversation.of(PROBE), PROBE).end();
    }

    public PromptStyle style() {
        return style;
    }

    /** Returns a question, up to and including the header of its answer. */
    public PromptText question(Conversation conversation) {
        Rendered rendered = style.render(conversation, tokens, true, now);
        return text(rendered, rendered.text().length());
    }

    /** Returns a question made of an instruction and its input, which may be empty. */
    public PromptText question(String instruction, String input) {
        return question(Conversation.of(style.message(instruction, input)));
    }

    /**
     * Returns a conversation followed by an answer.
     *
     * @throws TemplateException also if the template leaves the answer out
     */
    public AnsweredText answered(Conversation conversation, String answer) {
        return row(conversation, answer).row();
    }

    /**
     * Returns a question with its answer.
     *
     * @throws TemplateException also if the template leaves the answer out
     */
    public AnsweredText answered(String instruction, String input, String answer) {
        return answered(Conversation.of(style.message(instruction, input)), answer);
    }

    /** Returns the special token that ends an answer in this style; empty if the template writes none after it. */
    public Optional<String> end() {
        return end;
    }

    private record Answered(AnsweredText row, Optional<String> end) {}

    private Answered row(Conversation conversation, String answer) {
        Rendered whole = style.render(conversation.with(Conversation.ASSISTANT, answer), tokens, false, now);
        int author = conversation.messages().size() + 1;
        int last = whole.text().length() - 1;
        while (last >= 0 && whole.author(last) != author) {
            last--;
        }
        if (last < 0) {
            throw new TemplateException("the template of prompt style '" + style.id() + "' leaves the assistant's message out");
        }
        int end = last + 1;
        Optional<String> token = Optional.empty();
        for (int at = last + 1; at < whole.text().length() && token.isEmpty(); at++) {
            token = tokenAt(whole, at);
            end = token.isPresent() ? at : end;
        }
        return new Answered(new AnsweredText(text(whole, end), begin(conversation, whole, author)), token);
    }

    private Optional<String> tokenAt(Rendered whole, int at) {
        return names.stream()
                .filter(name -> whole.text().startsWith(name, at))
                .findFirst();
    }

    /**
     * Returns where the answer begins: where the template's {@code generation} block begins, else where the question ends, else
     * where the answer's first character is.
     */
    private int begin(Conversation conversation, Rendered whole, int author) {
        if (!whole.generations().isEmpty()) {
            return whole.generations().get(whole.generations().size() - 1).from();
        }
        String question = style.render(conversation, tokens, true, now).text();
        if (whole.text().startsWith(question)) {
            return question.length();
        }
        int first = 0;
        while (whole.author(first) != author) {
            first++;
        }
        return first;
    }

    private PromptText text(Rendered rendered, int end) {
        List<Integer> spans = new ArrayList<>();
        for (int at = 0; at < end; ) {
            int from = at;
            boolean template = rendered.author(at) == Rendered.TEMPLATE;
            while (at < end && (rendered.author(at) == Rendered.TEMPLATE) == template) {
                at++;
            }
            if (template) {
                spans.add(from);
                spans.add(at);
            }
        }
        return new PromptText(rendered.text().substring(0, end), spans, style.isBundled());
    }
}
