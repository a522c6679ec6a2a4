package dev.apprentice.dataset;

import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.event.Run.DesiredState;
import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.contracts.run.DataSource.Overlong;
import dev.apprentice.contracts.run.DataSourceBuilder;
import dev.apprentice.contracts.run.ModelSource;
import dev.apprentice.contracts.run.ModelSource.Start;
import dev.apprentice.contracts.run.RunSpecification;
import dev.apprentice.contracts.run.RunSpecification.Generation;
import dev.apprentice.contracts.run.Split;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.contracts.run.TrainingBuilder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Creates runs as trainer-service would announce them. */
public final class Runs {

    private static final Instant REQUESTED_AT = Instant.parse("2026-01-02T03:04:05Z");

    private Runs() {}

    /** Returns a run with the textbook's settings, but one epoch. */
    public static Run of(String name, String dataset, Path model) {
        return of(name, data(dataset, Optional.empty(), Overlong.TERMINATE), model.toString(), training(1, 8, true, false));
    }

    public static Run of(String name, DataSource data, String model, Training training) {
        RunSpecification specification = new RunSpecification(
                new ModelSource(model, Start.PRETRAINED), data, training, new Generation(32), Optional.of("some-judge"),
                List.of("good", "bad"));
        return new Run(name, DesiredState.RUN, REQUESTED_AT, specification);
    }

    /** Returns the run as it is requested again, later. */
    public static Run again(Run run) {
        return new Run(run.run(), DesiredState.RUN, Instant.now(), run.specification());
    }

    public static DataSource data(String dataset, Optional<Integer> maxLength, Overlong overlong) {
        return DataSourceBuilder.builder()
                .dataset(dataset)
                .promptStyle("alpaca")
                .split(Split.TEXTBOOK)
                .maxLength(maxLength)
                .overlong(overlong)
                .build();
    }

    public static Training training(int epochs, int batchSize, boolean dropLast, boolean maskInstruction) {
        return TrainingBuilder.builder()
                .epochs(epochs)
                .batchSize(batchSize)
                .dropLast(dropLast)
                .maskInstruction(maskInstruction)
                .build();
    }
}
