package dev.apprentice.model.ranks;

import java.io.IOException;
import java.time.Duration;

/** One rank of a job in whose third step rank 1 is stopped, and does not know. */
final class HangingRank {

    static final int EXIT_CODE = 7;

    private HangingRank() {}

    /** @param arguments the limit for a rank, in seconds */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        RankWatch watch = new RankWatch(Duration.ofSeconds(Long.parseLong(arguments[0])), HangingRank::end).start();
        try (MpiRanks ranks = MpiRanks.join(watch)) {
            for (int step = 1; step <= 3; step++) {
                watch.activity("step " + step);
                if (step == 3 && ranks.rank() == 1) {
                    new ProcessBuilder("kill", "-STOP", Long.toString(ProcessHandle.current().pid())).start().waitFor();
                }
                ranks.together(ranks::rank);
            }
        }
    }

    private static void end(String waited) {
        System.out.println(waited);
        System.out.flush();
        Runtime.getRuntime().halt(EXIT_CODE);
    }
}
