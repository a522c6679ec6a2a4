package dev.apprentice.dataset.batches;

import dev.apprentice.contracts.run.Split;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Assigns questions to shares one after another: first to {@link Share#TRAIN}, then to {@link Share#TEST}, the rest to
 * {@link Share#VALIDATION}. Each share that the split asks for gets at least one question, if there are enough.
 */
final class OrderedShares {

    /** The largest fraction that counts as no share: in floating point, 1 - 0.7 - 0.3 is not quite 0. */
    private static final double NO_SHARE = 1e-9;

    private static final List<Share> ORDER = List.of(Share.TRAIN, Share.TEST, Share.VALIDATION);

    private final Split split;
    private final Map<Share, Integer> places = new EnumMap<>(Share.class);
    private int questions;
    private int current;
    private boolean currentHasOne;

    /**
     * @param examples the number of examples
     * @param questions the number of distinct questions they ask
     */
    OrderedShares(Split split, int examples, int questions) {
        this.split = split;
        this.questions = questions;
        places.put(Share.TRAIN, (int) (examples * split.train()));
        places.put(Share.TEST, (int) (examples * split.test()));
        places.put(Share.VALIDATION, examples);
    }

    /** Tells whether a split gives this share any examples. */
    static boolean asksFor(Split split, Share share) {
        return switch (share) {
            case TRAIN -> true;
            case TEST -> split.test() > NO_SHARE;
            case VALIDATION -> split.validation() > NO_SHARE;
        };
    }

    /** Returns the next question's share. @param times how many examples ask the question */
    Share of(int times) {
        while (isDone()) {
            current++;
            currentHasOne = false;
        }
        Share share = ORDER.get(current);
        places.merge(share, -times, Integer::sum);
        currentHasOne = true;
        questions--;
        return share;
    }

    private boolean isDone() {
        Share share = ORDER.get(current);
        if (share == Share.VALIDATION) {
            return false;
        }
        boolean lacksOne = asksFor(split, share) && !currentHasOne;
        return !lacksOne && (places.get(share) <= 0 || questions <= lackingAfterwards());
    }

    private long lackingAfterwards() {
        return ORDER.subList(current + 1, ORDER.size()).stream().filter(share -> asksFor(split, share)).count();
    }
}
