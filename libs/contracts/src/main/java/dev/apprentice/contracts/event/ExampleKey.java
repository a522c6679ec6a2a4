package dev.apprentice.contracts.event;

/** The key of prompts, responses and scores. It makes all processing after training idempotent. */
final class ExampleKey {

    private ExampleKey() {}

    static String of(String run, int step, String example) {
        return run + "/" + step + "/" + example;
    }
}
