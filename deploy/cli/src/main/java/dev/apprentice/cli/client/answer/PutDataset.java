package dev.apprentice.cli.client.answer;

import dev.apprentice.cli.terminal.Words;
import java.util.Optional;

/**
 * A dataset that was put under a name.
 *
 * @param now what the name has from now on
 * @param before what the name had, such as examples that were streamed; empty if it had nothing
 */
public record PutDataset(Dataset now, Optional<Dataset> before) {

    /** Returns what a person must know of this dataset, in sentences. */
    public String inWords() {
        return now.inWords() + before
                .filter(then -> then.examples() > 0 && !then.lineage().equals(now.lineage()))
                .map(then -> " They replace what " + now.name() + " had: " + Words.counted(then.examples(), "example")
                        + ", version " + then.version() + "; --dataset NAME puts a file's examples under another name.")
                .orElse("");
    }
}
