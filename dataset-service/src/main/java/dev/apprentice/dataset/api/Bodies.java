package dev.apprentice.dataset.api;

import dev.apprentice.dataset.DatasetSettings;
import dev.apprentice.dataset.datasets.download.TooLargeException;
import java.io.InputStream;

/** Limits the size and the least rate of request bodies. */
final class Bodies {

    private Bodies() {}

    static InputStream of(InputStream body, DatasetSettings settings) {
        return TooLargeException.beyond(
                settings.maxSize().asLongValue(), new SteadyInputStream(body, settings.upload().leastRate().asLongValue()));
    }
}
