package dev.apprentice.dataset.prompts;

import dev.apprentice.contracts.event.Prompt;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.event.Turn;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.layout.ExampleText;
import dev.apprentice.dataset.run.RunPrompts;
import dev.apprentice.model.hub.DownloadListener;
import dev.apprentice.model.hub.ModelLocation;
import dev.apprentice.prompts.PromptFormat;
import dev.apprentice.prompts.PromptStyle;
import dev.apprentice.prompts.PromptText;
import java.util.Optional;

/** Writes examples as the questions of a run's exam. Opens the model's folder at the first example that needs its tokens. */
final class ExamQuestions {

    private final Run run;
    private Optional<PromptFormat> format = Optional.empty();

    ExamQuestions(Run run) {
        this.run = run;
    }

    /**
     * A question.
     *
     * @param text the prompt, which the model continues
     * @param template the part that the template wrote; empty if all of it is ordinary text
     */
    record Question(String text, Optional<Prompt.Template> template) {}

    /** @throws dev.apprentice.model.ModelException if the model's folder or its template is missing or cannot be used */
    Question of(Example example) {
        if (example.isText()) {
            return new Question(example.instruction(), Optional.empty());
        }
        if (RunPrompts.isPlainText(run) && !hasAnswers(example)) {
            return new Question(
                    PromptStyle.ALPACA.question(ExampleText.conversation(PromptStyle.ALPACA, example)), Optional.empty());
        }
        PromptText text = format().question(ExampleText.conversation(format().style(), example));
        return new Question(
                text.text(), Optional.of(new Prompt.Template(text.template(), text.begin(), format().end())));
    }

    /** Tells whether the conversation contains an answer, which ends with a special token. */
    private static boolean hasAnswers(Example example) {
        return example.turns().stream().anyMatch(turn -> turn.role().equals(Turn.ASSISTANT));
    }

    private PromptFormat format() {
        if (format.isEmpty()) {
            format = Optional.of(RunPrompts.format(
                    run, ModelLocation.open(run.specification().model().location(), DownloadListener.NONE)));
        }
        return format.get();
    }
}
