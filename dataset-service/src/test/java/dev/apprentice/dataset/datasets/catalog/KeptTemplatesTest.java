package dev.apprentice.dataset.datasets.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptTemplatesTest {

    private static final String YAML = "name: mine\ninstruction: Well?\noutput: '{{ label }}'\n";

    @TempDir private Path disk;

    @Test
    void templatesAreKeptBesideTheDatasetsWhereThoseHaveAFolderOfTheirOwn() throws IOException {
        Path shared = disk.resolve("shared");
        KeptTemplates one = kept(disk.resolve("one"), Optional.of(shared.toString()));
        KeptTemplates other = kept(disk.resolve("other"), Optional.of(shared.toString()));
        String name = one.keep(YAML);
        assertThat(other.find(name).name()).as("found by an instance with another home").isEqualTo("mine");
        assertThat(new DatasetFolders(shared, null).names()).as("no dataset").isEmpty();
    }

    @Test
    void whatWasKeptInTheHomeBeforeIsStillFound() throws IOException {
        String name = kept(disk.resolve("home"), Optional.empty()).keep(YAML);
        assertThat(kept(disk.resolve("home"), Optional.of(disk.resolve("shared").toString())).find(name).name()).isEqualTo("mine");
    }

    private KeptTemplates kept(Path home, Optional<String> datasets) {
        return new KeptTemplates(KeptTemplates.folders(home.resolve("templates"), datasets), null, Optional.empty());
    }
}
