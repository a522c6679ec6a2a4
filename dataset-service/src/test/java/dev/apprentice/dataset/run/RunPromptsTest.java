package dev.apprentice.dataset.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.Sha256;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.contracts.run.DataSource.Overlong;
import dev.apprentice.contracts.run.DataSourceBuilder;
import dev.apprentice.contracts.run.PromptTemplate;
import dev.apprentice.dataset.Runs;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.testkit.Fixtures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPromptsTest {

    private static final String DATED = "{% for message in messages %}<{{ message.role }} of {{ strftime_now('%d %b %Y') }}>"
            + "{{ message.content }}{% endfor %}{% if add_generation_prompt %}<assistant>{% endif %}";

    @TempDir Path folder;

    /** A template such as Llama 3's writes a date. After a resumption, rows are formatted with the date of the first request. */
    @Test
    void aRunThatIsResumedOnAnotherDayKeepsItsDate() {
        DataSource data = DataSourceBuilder.builder(Runs.data("d", Optional.empty(), Overlong.TERMINATE))
                .promptTemplate(new PromptTemplate(DATED, Sha256.of(DATED)))
                .build();
        Path model = Fixtures.modelFolder("tiny-gpt2", folder.resolve("model"));
        Run run = Runs.of("dated", data, model.toString(), Runs.training(1, 8, true, false));
        Run later = run.cancelled(run.requestedAt().plus(Duration.ofDays(1))).resumed(run.requestedAt().plus(Duration.ofDays(2)));

        assertThat(question(run)).contains("<user of 02 Jan 2026>");
        assertThat(question(later)).isEqualTo(question(run));
    }

    private String question(Run run) {
        return RunPrompts.format(run, ModelFolder.open(Path.of(run.specification().model().location()))).question("Who?", "").text();
    }
}
