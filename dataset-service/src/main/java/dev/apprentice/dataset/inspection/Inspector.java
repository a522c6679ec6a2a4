package dev.apprentice.dataset.inspection;

import dev.apprentice.contracts.event.Run;
import dev.apprentice.dataset.DatasetMetrics;
import dev.apprentice.dataset.DatasetSettings;
import dev.apprentice.dataset.batches.RunFormat;
import dev.apprentice.dataset.datasets.catalog.Upload;
import dev.apprentice.dataset.datasets.example.ExampleSize;
import dev.apprentice.dataset.datasets.format.DataFiles;
import dev.apprentice.dataset.datasets.reading.ExampleReader;
import dev.apprentice.dataset.persistence.Home;
import dev.apprentice.dataset.table.Scratch;
import dev.apprentice.model.hub.DownloadListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads data as {@link dev.apprentice.dataset.datasets.catalog.Catalog} does, and stores nothing. */
@ApplicationScoped
public class Inspector {

    private final Path folder;
    private final ExampleSize size;
    private final DatasetSettings settings;
    private final DatasetMetrics metrics;

    Inspector(Home home, ExampleSize size, DatasetSettings settings, DatasetMetrics metrics) {
        this.folder = home.own();
        this.size = size;
        this.settings = settings;
        this.metrics = metrics;
    }

    /**
     * Inspects data.
     *
     * @param samples how many of the examples to return
     * @param run that would learn the data; empty to inspect the data alone
     * @throws dev.apprentice.dataset.datasets.reading.outcome.InvalidDatasetException if none of the data can be used
     * @throws dev.apprentice.dataset.batches.PreparationException if the model or the style cannot be used
     */
    public Inspection inspect(Upload data, int samples, Optional<Run> run) throws IOException {
        if (run.isEmpty()) {
            return read(data, Optional.empty(), samples);
        }
        try (RunFormat format = RunFormat.open(run.get(), metrics, DownloadListener.NONE)) {
            return read(data, Optional.of(format), samples);
        }
    }

    private Inspection read(Upload data, Optional<RunFormat> format, int samples) throws IOException {
        try (Scratch scratch = new Scratch(folder)) {
            Findings findings = new Findings(format, samples, scratch.map());
            ReaderPlace place = new ReaderPlace();
            ExampleReader reader = new ExampleReader(size, data.settings(), scratch,
                    example -> findings.add(example, place.reader.file(), place.reader.entry(), place.reader.line()), findings::add);
            place.reader = reader;
            new DataFiles(folder, settings.maxSize().asLongValue(), reader).readAll(data.data());
            return findings.with(reader.finish());
        }
    }

    /** Refers to the reader, which knows an example's place while it passes the example on. */
    private static final class ReaderPlace {

        private ExampleReader reader;
    }
}
