package dev.apprentice.dataset.batches;

import dev.apprentice.contracts.event.Similar;
import dev.apprentice.dataset.OrderedWork;
import dev.apprentice.dataset.Pieces;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.similarity.NearDuplicates;
import dev.apprentice.dataset.datasets.similarity.NearDuplicates.Found;
import dev.apprentice.dataset.datasets.similarity.NearDuplicates.Match;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks for test and validation examples that nearly equal training examples. */
final class Leaks {

    private static final int AT_A_TIME = 500;
    private static final long CHARACTERS_AT_A_TIME = 1 << 20;

    private final double threshold;
    private final List<Share> shares = new ArrayList<>();
    private final List<Example> heldOut = new ArrayList<>();
    private long characters;
    private int index;

    /** @param threshold see {@link Similar#threshold}; 0 to look for nothing */
    Leaks(double threshold) {
        this.threshold = threshold;
    }

    /** Keeps an example for the comparison if it is held out and there is room. */
    void hold(Share share, Example example) {
        if (threshold > 0 && share != Share.TRAIN && heldOut.size() < NearDuplicates.MOST && characters < NearDuplicates.MOST_CHARACTERS) {
            characters += example.characters();
            shares.add(share);
            heldOut.add(example);
        }
    }

    /** Compares the held-out examples with all training examples; empty if the threshold is 0. */
    Optional<Similar> find(Selection examples, Sharing sharing) throws IOException {
        if (threshold <= 0) {
            return Optional.empty();
        }
        NearDuplicates near = new NearDuplicates(threshold, heldOut);
        try (OrderedWork<List<Example>, List<Found>> comparing = new OrderedWork<>(near::compare, near::keep)) {
            Pieces<Example> waiting = new Pieces<>(AT_A_TIME, CHARACTERS_AT_A_TIME, comparing::add);
            examples.forEach(example -> {
                if (sharing.of(index++, example) == Share.TRAIN) {
                    waiting.add(example, example.characters());
                }
            });
            waiting.handOn();
            comparing.finish();
        }
        return Optional.of(similar(near.found()));
    }

    private Similar similar(List<Optional<Match>> found) {
        int test = 0;
        int all = 0;
        List<Similar.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i).isPresent()) {
                Match match = found.get(i).get();
                boolean isTest = shares.get(i) == Share.TEST;
                all++;
                test += isTest ? 1 : 0;
                if (pairs.size() < Similar.NAMED) {
                    pairs.add(new Similar.Pair(heldOut.get(i).id(), isTest, match.id(), match.similarity()));
                }
            }
        }
        return new Similar(threshold, found.size(), test, all - test, pairs);
    }
}
