package dev.apprentice.dataset.stream;

import dev.apprentice.dataset.batches.Share;

/**
 * A text that the run knows, and the number of ids that have it.
 *
 * @param share what it is used for
 * @param place its key in the queue, and later among the learned rows; for {@link Share#TRAIN} only
 * @param ids how many ids have this text
 */
record KnownText(Share share, String place, int ids) {

    KnownText withIds(int count) {
        return new KnownText(share, place, count);
    }
}
