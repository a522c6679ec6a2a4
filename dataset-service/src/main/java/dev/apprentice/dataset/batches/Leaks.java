package dev.apprentice.dataset.batches;

import dev.apprentice.contracts.event.Similar;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.similarity.NearDuplicates;
import dev.apprentice.dataset.datasets.similarity.NearDuplicates.Match;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks for test and validation examples that are nearly training examples. */
final class Leaks {

    private static final int AT_A_TIME = 1_000;

    private final Sharing sharing;
    private final List<Share> shares = new ArrayList<>();
    private final List<Example> heldOut = new ArrayList<>();
    private final List<Example> waiting = new ArrayList<>();
    private long characters;
    private int index;

    private Leaks(Sharing sharing) {
        this.sharing = sharing;
    }

    /** @param threshold see {@link Similar#threshold} */
    static Similar find(Selection examples, Sharing sharing, double threshold) throws IOException {
        Leaks leaks = new Leaks(sharing);
        examples.forEach(leaks::hold);
        leaks.index = 0;
        NearDuplicates near = new NearDuplicates(threshold, leaks.heldOut);
        examples.forEach(example -> leaks.compare(example, near));
        near.compare(leaks.waiting);
        return leaks.similar(threshold, near.found());
    }

    private void hold(Example example) {
        Share share = sharing.of(index++, example);
        if (share != Share.TRAIN && heldOut.size() < NearDuplicates.MOST && characters < NearDuplicates.MOST_CHARACTERS) {
            characters += example.characters();
            shares.add(share);
            heldOut.add(example);
        }
    }

    private void compare(Example example, NearDuplicates near) {
        if (sharing.of(index++, example) == Share.TRAIN) {
            waiting.add(example);
        }
        if (waiting.size() == AT_A_TIME) {
            near.compare(waiting);
            waiting.clear();
        }
    }

    private Similar similar(double threshold, List<Optional<Match>> found) {
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
