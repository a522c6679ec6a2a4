package dev.apprentice.dataset.run;

import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.contracts.run.PromptTemplate;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.prompt.ModelPrompts;
import dev.apprentice.prompts.PromptFormat;
import dev.apprentice.prompts.PromptStyle;

/** The prompt style that a run names. */
public final class RunPrompts {

    private RunPrompts() {}

    /**
     * The style for the run's model. A date that it writes is that of the run's first request: its rows stay as they are, also when it is resumed.
     *
     * @throws dev.apprentice.model.ModelException if the template is missing or cannot be used
     * @throws IllegalArgumentException if the style is unknown
     */
    public static PromptFormat format(Run run, ModelFolder model) {
        DataSource data = run.specification().data();
        PromptStyle style = ModelPrompts.style(model, data.promptStyle(), data.promptTemplate().map(PromptTemplate::text));
        return ModelPrompts.format(model, style, run.begunAt());
    }

    /** Whether the style is text alone, which needs nothing of the model to ask in. */
    public static boolean isPlainText(Run run) {
        DataSource data = run.specification().data();
        return data.promptTemplate().isEmpty() && data.promptStyle().equals(PromptStyle.ALPACA.id());
    }
}
