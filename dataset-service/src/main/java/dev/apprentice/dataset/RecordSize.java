package dev.apprentice.dataset;

import dev.apprentice.dataset.datasets.example.ExampleSize;
import dev.apprentice.service.kafka.RecordLimit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Derives the largest example from the largest record. */
@ApplicationScoped
class RecordSize {

    @Produces
    @Singleton
    ExampleSize exampleSize(RecordLimit limit) {
        return new ExampleSize(limit.exampleBytes());
    }
}
