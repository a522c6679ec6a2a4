package dev.apprentice.model.ranks;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** One rank of a job of three steps in which rank 1 is stopped, and does not know. */
final class HangingRank {

    static final int EXIT_CODE = 7;

    private HangingRank() {}

    /** @param arguments the limit for a rank, in seconds; the step in which rank 1 is stopped, 4 for behind all */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        RankWatch watch = new RankWatch(Duration.ofSeconds(Long.parseLong(arguments[0])), HangingRank::end).start();
        try (MpiRanks ranks = MpiRanks.join(watch)) {
            for (int step = 1; step <= 3; step++) {
                watch.activity("step " + step);
                hang(ranks, step, arguments[1]);
                ranks.together(ranks::rank);
            }
            hang(ranks, 4, arguments[1]);
        }
    }

    private static void hang(MpiRanks ranks, int step, String where) throws IOException, InterruptedException {
        if (ranks.rank() == 1 && where.equals(Integer.toString(step))) {
            new ProcessBuilder("kill", "-STOP", Long.toString(ProcessHandle.current().pid())).start();
            new CountDownLatch(1).await(); // the signal may come a moment later
        }
    }

    private static void end(String waited) {
        System.out.println(waited);
        System.out.flush();
        Runtime.getRuntime().halt(EXIT_CODE);
    }
}
