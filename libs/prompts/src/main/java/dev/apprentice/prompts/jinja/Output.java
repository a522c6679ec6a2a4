package dev.apprentice.prompts.jinja;

import dev.apprentice.prompts.jinja.Rendered.Span;
import java.util.ArrayList;
import java.util.List;

/** Where statements write to: the text that is rendered, or one that is captured on the way. */
final class Output {

    private final TextBuilder text;
    private final List<Span> generations = new ArrayList<>();

    Output(Budget budget) {
        this.text = new TextBuilder(budget);
    }

    void write(Text words) {
        text.append(words);
    }

    int length() {
        return text.length();
    }

    void generated(int from) {
        generations.add(new Span(from, length()));
    }

    Text text() {
        return text.build();
    }

    Rendered rendered() {
        Text all = text.build();
        return new Rendered(all.toString(), all.authors(), List.copyOf(generations));
    }
}
