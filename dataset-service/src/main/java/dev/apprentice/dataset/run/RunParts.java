package dev.apprentice.dataset.run;

import dev.apprentice.contracts.Sha256;
import dev.apprentice.contracts.event.DatasetVersion;
import dev.apprentice.contracts.run.DataSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The datasets that a run is made of, and the files for its copies of their examples. */
public final class RunParts {

    private static final String ALSO = "also-";
    private static final String TEST = "test";
    private static final String VALIDATION = "validation";

    private final DataSource data;
    private final RunFolder folder;

    public RunParts(DataSource data, RunFolder folder) {
        this.data = data;
        this.folder = folder;
    }

    /** Returns the datasets' names by the files for their examples; the run's own dataset is first. */
    public Map<Path, String> datasets() {
        Map<Path, String> datasets = new LinkedHashMap<>();
        datasets.put(folder.examples().file(), data.dataset());
        for (int i = 0; i < data.also().size(); i++) {
            datasets.put(folder.examples().file(ALSO + i), data.also().get(i).dataset());
        }
        data.test().ifPresent(part -> datasets.put(folder.examples().file(TEST), part.dataset()));
        data.validation().ifPresent(part -> datasets.put(folder.examples().file(VALIDATION), part.dataset()));
        return datasets;
    }

    public RunFiles files() {
        List<Path> shared = new ArrayList<>(List.of(folder.examples().file()));
        for (int i = 0; i < data.also().size(); i++) {
            shared.add(folder.examples().file(ALSO + i));
        }
        return new RunFiles(shared, data.test().map(part -> folder.examples().file(TEST)),
                data.validation().map(part -> folder.examples().file(VALIDATION)));
    }

    /**
     * Returns the version of what the run learns from. For several datasets or a weighted one, its digest covers all versions,
     * their weights and their roles.
     *
     * @param versions of the datasets, in the order of {@link #datasets}
     */
    public DatasetVersion together(List<DatasetVersion> versions) {
        DatasetVersion first = versions.get(0);
        if (versions.size() == 1 && data.weight().isEmpty()) {
            return first;
        }
        StringBuilder said = new StringBuilder(first.lineage() + " " + data.weight().orElse(1.0));
        for (int i = 0; i < data.also().size(); i++) {
            said.append("\n").append(versions.get(1 + i).lineage()).append(' ').append(data.also().get(i).weight().orElse(1.0));
        }
        int next = 1 + data.also().size();
        if (data.test().isPresent()) {
            said.append("\ntest ").append(versions.get(next++).lineage());
        }
        if (data.validation().isPresent()) {
            said.append("\nvalidation ").append(versions.get(next).lineage());
        }
        return new DatasetVersion(first.name(), first.version(), Sha256.of(said.toString()));
    }
}
