package dev.apprentice.dataset.api;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts who is sending a body. A body that is being sent holds a thread, and threads are few. */
final class UploadGate {

    private final int most;
    private final int mostOfOne;
    private final Map<String, Integer> sending = new HashMap<>();
    private int all;

    /**
     * @param most bodies at once
     * @param mostOfOne bodies at once of one client
     */
    UploadGate(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /** Lets a client begin, who is to {@link #leave} in the end; or says why not. */
    synchronized Optional<String> enter(String client) {
        if (sending.getOrDefault(client, 0) >= mostOfOne) {
            return Optional.of("%d others of your address are sending just now (apprentice.dataset.upload.per-client)"
                    .formatted(mostOfOne));
        }
        if (all >= most) {
            return Optional.of("%d others are sending just now (apprentice.dataset.upload.at-once)".formatted(most));
        }
        all++;
        sending.merge(client, 1, Integer::sum);
        return Optional.empty();
    }

    synchronized void leave(String client) {
        all--;
        sending.computeIfPresent(client, (same, count) -> count == 1 ? null : count - 1);
    }
}
