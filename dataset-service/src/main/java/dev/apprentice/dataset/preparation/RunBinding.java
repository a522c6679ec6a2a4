package dev.apprentice.dataset.preparation;

import dev.apprentice.contracts.event.DatasetVersion;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.DataSource.Source;
import dev.apprentice.dataset.datasets.catalog.Catalog;
import dev.apprentice.dataset.datasets.catalog.Dataset;
import dev.apprentice.dataset.persistence.HeldElsewhereException;
import dev.apprentice.dataset.run.RunFolder;
import dev.apprentice.dataset.run.RunParts;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/** Binds runs to their datasets as they are when a run is requested; from then on the run keeps those examples. */
@ApplicationScoped
class RunBinding {

    private static final Logger LOG = Logger.getLogger(RunBinding.class);

    private final Catalog catalog;
    private final StreamRuns streams;

    RunBinding(Catalog catalog, StreamRuns streams) {
        this.catalog = catalog;
        this.streams = streams;
    }

    /** Binds a requested run, unless it was bound before. If its dataset is held by another instance, the preparation binds it later. */
    void begin(RunFolder folder, Run run) throws IOException {
        if (isStream(run) || folder.hasFailed() || !Files.exists(folder.examples().file())) {
            folder.unbound(run.requestedAt());
            try {
                finish(folder, run);
            } catch (HeldElsewhereException e) {
                LOG.warnf("run %s is bound to its dataset later: %s", run.run(), e.getMessage());
            }
        }
    }

    /**
     * Binds the run, unless it is bound.
     *
     * @throws HeldElsewhereException if another dataset-service holds one of the run's datasets
     */
    void finish(RunFolder folder, Run run) throws IOException {
        if (!folder.isUnbound()) {
            return;
        }
        if (isStream(run)) {
            streams.bind(folder, run);
        } else {
            keepExamples(folder, new RunParts(run.specification().data(), folder));
        }
        folder.bound();
    }

    private static boolean isStream(Run run) {
        return run.specification().data().source() == Source.STREAM;
    }

    /**
     * Keeps the examples of all the run's datasets, and their version only if all exist; {@link Preparation} reports a missing
     * dataset.
     */
    private void keepExamples(RunFolder folder, RunParts parts) throws IOException {
        Map<String, Integer> ignored = new TreeMap<>();
        List<DatasetVersion> versions = new ArrayList<>();
        for (Map.Entry<Path, String> part : parts.datasets().entrySet()) {
            Optional<Dataset> kept = catalog.keepAlso(part.getValue(), part.getKey());
            kept.map(Dataset::ignoredFields).orElse(Map.of()).forEach((field, count) -> ignored.merge(field, count, Integer::sum));
            kept.map(Dataset::asVersion).ifPresent(versions::add);
            if (kept.isPresent() && part.getKey().equals(folder.examples().file())) {
                folder.examples().keepDigest(kept.get().digest());
            }
        }
        folder.examples().keepIgnoredFields(ignored);
        if (versions.size() == parts.datasets().size()) {
            folder.examples().keepDataset(parts.together(versions));
        }
    }
}
