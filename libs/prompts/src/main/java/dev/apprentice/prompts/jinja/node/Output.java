package dev.apprentice.prompts.jinja.node;

import dev.apprentice.prompts.jinja.value.Budget;
import dev.apprentice.prompts.jinja.value.Rendered;
import dev.apprentice.prompts.jinja.value.Rendered.Span;
import dev.apprentice.prompts.jinja.value.Text;
import dev.apprentice.prompts.jinja.value.TextBuilder;
import java.util.ArrayList;
import java.util.List;

/** The destination of statements' output: the rendered text, or a text that is captured for later use. */
public final class Output {

    private final TextBuilder text;
    private final List<Span> generations = new ArrayList<>();

    public Output(Budget budget) {
        this.text = new TextBuilder(budget);
    }

    public void write(Text words) {
        text.append(words);
    }

    public int length() {
        return text.length();
    }

    public void generated(int from) {
        generations.add(new Span(from, length()));
    }

    Text text() {
        return text.build();
    }

    public Rendered rendered() {
        Text all = text.build();
        return new Rendered(all.toString(), all.authors(), List.copyOf(generations));
    }
}
