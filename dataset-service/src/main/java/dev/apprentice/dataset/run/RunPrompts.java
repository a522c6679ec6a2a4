package dev.apprentice.dataset.run;

import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.contracts.run.PromptTemplate;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.prompt.ModelPrompts;
import dev.apprentice.prompts.PromptFormat;
import dev.apprentice.prompts.PromptStyle;

/** Finds the prompt style that a run names. */
public final class RunPrompts {

    private RunPrompts() {}

    /**
     * Returns the style for the run's model. A date in the prompt is the date of the run's first request, so rows stay the same
     * when the run is resumed.
     *
     * @throws dev.apprentice.model.ModelException if the template is missing or cannot be used
     * @throws IllegalArgumentException if the style is unknown
     */
    public static PromptFormat format(Run run, ModelFolder model) {
        DataSource data = run.specification().data();
        PromptStyle style = ModelPrompts.style(model, data.promptStyle(), data.promptTemplate().map(PromptTemplate::text));
        return ModelPrompts.format(model, style, run.begunAt());
    }

    /** Tells whether the style is plain text that needs nothing from the model. */
    public static boolean isPlainText(Run run) {
        DataSource data = run.specification().data();
        return data.promptTemplate().isEmpty() && data.promptStyle().equals(PromptStyle.ALPACA.id());
    }
}
