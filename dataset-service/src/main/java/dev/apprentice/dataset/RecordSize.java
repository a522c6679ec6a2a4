package dev.apprentice.dataset;

import dev.apprentice.dataset.datasets.example.ExampleSize;
import dev.apprentice.service.kafka.RecordLimit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What the largest record means for what comes in. */
@ApplicationScoped
class RecordSize {

    @Produces
    @Singleton
    ExampleSize exampleSize(RecordLimit limit) {
        return new ExampleSize(limit.exampleBytes());
    }
}
