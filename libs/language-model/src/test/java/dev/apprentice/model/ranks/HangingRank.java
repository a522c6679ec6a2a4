package dev.apprentice.model.ranks;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A rank of a job with three steps, each ordered by rank 0. One rank is stopped by a signal. */
final class HangingRank {

    static final int EXIT_CODE = 7;

    private HangingRank() {}

    /**
     * @param arguments the limit for a rank, in seconds; the rank that is stopped; the point before which it is stopped, such as
     *     {@code join} or {@code step 3}
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        RankWatch watch = new RankWatch(Duration.ofSeconds(Long.parseLong(arguments[0])), HangingRank::end).start();
        int rank = MpiRanks.rank(System.getenv());
        hang(rank, "join", arguments);
        try (MpiRanks ranks = MpiRanks.join(watch)) {
            for (int step = 1; step <= 3; step++) {
                watch.activity("the order of step " + step);
                hang(rank, "order " + step, arguments);
                ranks.broadcast(new byte[] {1}, 0);
                watch.activity("step " + step);
                hang(rank, "step " + step, arguments);
                ranks.together(ranks::rank);
            }
            hang(rank, "end", arguments);
        }
    }

    private static void hang(int rank, String next, String[] arguments) throws IOException, InterruptedException {
        if (arguments[1].equals(Integer.toString(rank)) && arguments[2].equals(next)) {
            new ProcessBuilder("kill", "-STOP", Long.toString(ProcessHandle.current().pid())).start();
            new CountDownLatch(1).await(); // the signal may arrive a moment later
        }
    }

    private static void end(String waited) {
        System.out.println(waited);
        System.out.flush();
        Runtime.getRuntime().halt(EXIT_CODE);
    }
}
