package dev.apprentice.model.generation;

import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Continues prompts as text, with stop strings, and passes on each piece of text as soon as it is certain. */
public final class TextGenerator {

    private final LanguageModel model;
    private final Tokenizer tokenizer;

    public TextGenerator(LanguageModel model, Tokenizer tokenizer) {
        this.model = model;
        this.tokenizer = tokenizer;
    }

    /**
     * Continues each prompt independently of the others. The results are in the order of the requests.
     *
     * @throws dev.apprentice.model.ModelException if a prompt is empty, leaves no room in the context, or has an id outside the
     *     vocabulary
     */
    public List<GeneratedText> generate(List<TextRequest> requests, TextListener listener) {
        List<TextRow> rows = new ArrayList<>();
        for (TextRequest request : requests) {
            rows.add(new TextRow(rows.size(), request.stopStrings(), listener));
        }
        List<Generated> generated = model.generate(
                requests.stream().map(TextRequest::request).toList(),
                (row, id, logProbability) -> rows.get(row).take(id, logProbability));
        List<GeneratedText> texts = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            texts.add(rows.get(row).end(generated.get(row).reason()));
        }
        return texts;
    }

    /** The text of a row while it is generated. */
    private final class TextRow {

        private final int index;
        private final TextListener listener;
        private final TokenText decoded = new TokenText(tokenizer::decode);
        private final StopStrings stops;
        private final List<GeneratedText.Token> tokens = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private boolean wanted = true;

        TextRow(int index, List<String> stopStrings, TextListener listener) {
            this.index = index;
            this.listener = listener;
            this.stops = new StopStrings(stopStrings);
        }

        /** @return whether the row continues */
        boolean take(int id, double logProbability) {
            tokens.add(new GeneratedText.Token(id, logProbability));
            tell(stops.push(decoded.push(id)));
            return wanted && stops.found().isEmpty();
        }

        GeneratedText end(Generated.Reason reason) {
            if (stops.found().isEmpty() && wanted) {
                tell(stops.push(decoded.end()));
                tell(stops.end());
            }
            Optional<String> stop = stops.found();
            return new GeneratedText(
                    text.toString(), List.copyOf(tokens), stop.isPresent() ? Generated.Reason.STOP : reason, stop);
        }

        private void tell(String more) {
            if (!more.isEmpty()) {
                text.append(more);
                wanted = listener.onText(index, more) && wanted;
            }
        }
    }
}
