package dev.apprentice.dataset.stream;

import dev.apprentice.dataset.batches.Share;

/**
 * One text that the run knows, and the ids that say it.
 *
 * @param share what it is for
 * @param place its place in the queue of what is to be learned, and among what was; for {@link Share#TRAIN} only
 * @param ids how many ids say it
 */
record KnownText(Share share, String place, int ids) {

    KnownText withIds(int count) {
        return new KnownText(share, place, count);
    }
}
