package dev.apprentice.dataset.api;

import dev.apprentice.dataset.DatasetSettings;
import dev.apprentice.dataset.datasets.download.TooLargeException;
import java.io.InputStream;

/** What clients send, held to a size and a rate. */
final class Bodies {

    private Bodies() {}

    static InputStream of(InputStream body, DatasetSettings settings) {
        return TooLargeException.beyond(
                settings.maxSize().asLongValue(), new SteadyInputStream(body, settings.upload().leastRate().asLongValue()));
    }
}
